import { ModelRegistry } from '../../../src/registry/index.ts';

/** Promotes a version and rolls back, again and again, until it is killed. A dot on standard output for each change. */
const [folder = '', shipped = '', name = ''] = process.argv.slice(2);
const registry = ModelRegistry.open(folder, shipped);
for (;;) {
  if ((await registry.current()).name === name) await registry.rollback();
  else await registry.promote(name);
  process.stdout.write('.');
}
