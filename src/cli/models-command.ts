import { UserError } from '../common/index.ts';
import { parseDeviceRequest } from '../onnx/index.ts';
import type { ModelVersion } from '../registry/index.ts';
import { compareVersions, type VersionComparison } from '../retraining/index.ts';
import { readArguments } from './arguments.ts';
import { openRegistry } from './default-model.ts';
import { ProgressLine } from './progress.ts';

const listUsage = 'models list [--registry DIR] [--json]';
const promoteUsage = 'models promote VERSION [--anyway] [--registry DIR]';
const rollbackUsage = 'models rollback [--registry DIR]';
const compareUsage = 'models compare VERSION VERSION [--registry DIR] [--device auto|gpu|cpu|NAME] [--json]';
const deleteUsage = 'models delete VERSION [--registry DIR]';
export const modelsUsages = [listUsage, promoteUsage, rollbackUsage, compareUsage, deleteUsage];

export async function modelsCommand(argv: readonly string[]): Promise<boolean> {
  const [action, ...rest] = argv;
  switch (action) {
    case 'list':
      return list(rest);
    case 'promote':
      return promote(rest);
    case 'rollback':
      return rollback(rest);
    case 'compare':
      return compare(rest);
    case 'delete':
      return remove(rest);
    default:
      throw new UserError(`Say what to do with the models; use: ${modelsUsages.join('  or  ')}`);
  }
}

async function list(argv: readonly string[]): Promise<boolean> {
  const { values, flags } = readArguments(argv, { values: ['registry'], flags: ['json'] }, listUsage);
  const versions = await openRegistry(values.registry).list();
  if (flags.json) {
    console.log(JSON.stringify(versions.map(({ manifest: { id, version }, ...rest }) => ({ ...rest, id, version }))));
    return true;
  }
  const width = Math.max(...versions.map(({ name }) => name.length));
  for (const version of versions) {
    console.log(`${version.current ? '▸' : ' '} ${version.name.padEnd(width)}  ${describeOrigin(version)}`);
  }
  return true;
}

function describeOrigin({ shipped, provenance, manifest }: ModelVersion): string {
  if (provenance === undefined) {
    return `${manifest.id} ${manifest.version}${shipped ? ', comes with the program' : ''}`;
  }
  const { createdAt, parent, decisions, verdict } = provenance;
  return [
    createdAt.slice(0, 10),
    `from ${parent.name}`,
    `${decisions.taught} corrections (decisions ${decisions.first} to ${decisions.last})`,
    verdict.offered ? 'offered for promotion' : 'not offered',
  ].join(', ');
}

async function promote(argv: readonly string[]): Promise<boolean> {
  const { values, flags, positionals } = readArguments(argv, { values: ['registry'], flags: ['anyway'] }, promoteUsage);
  const name = oneVersion(positionals, promoteUsage);
  await openRegistry(values.registry).promote(name, flags);
  console.log(`${name} is in use now.`);
  return true;
}

async function rollback(argv: readonly string[]): Promise<boolean> {
  const { values } = readArguments(argv, { values: ['registry'], flags: [] }, rollbackUsage);
  console.log(`${await openRegistry(values.registry).rollback()} is in use again.`);
  return true;
}

async function remove(argv: readonly string[]): Promise<boolean> {
  const { values, positionals } = readArguments(argv, { values: ['registry'], flags: [] }, deleteUsage);
  const name = oneVersion(positionals, deleteUsage);
  await openRegistry(values.registry).delete(name);
  console.log(`${name} is deleted.`);
  return true;
}

async function compare(argv: readonly string[]): Promise<boolean> {
  const { values, flags, positionals } = readArguments(
    argv,
    { values: ['registry', 'device'], flags: ['json'] },
    compareUsage,
  );
  const [first, second, ...others] = positionals;
  if (first === undefined || second === undefined || others.length > 0) {
    throw new UserError(`Name two versions; use: ${compareUsage}`);
  }
  const line = new ProgressLine();
  const compared = await compareVersions(openRegistry(values.registry), [first, second], {
    device: parseDeviceRequest(values.device ?? 'auto'),
    onExample: (done, total) => line.show(`${done} of ${total} frozen notes`),
  });
  line.clear();
  if (flags.json) console.log(JSON.stringify(compared.comparison));
  else console.log(describeComparison([first, second], compared));
  return true;
}

const compared = ['accuracy', 'macroF1', 'underTriage', 'overTriage', 'quadraticKappa', 'urgentRecall'] as const;

function describeComparison(
  names: readonly [string, string],
  { first, second, comparison }: VersionComparison,
): string {
  const number = (value: number | null) => (value === null ? '–' : value.toFixed(3)).padStart(7);
  return [
    `${comparison.examples} frozen notes: ${names[0]}, ${names[1]}, and the difference with its 95 % interval`,
    ...compared.map((name) => {
      const { value, interval } = comparison.differences[name];
      const range = interval === null ? '' : `  (${number(interval.low).trim()} to ${number(interval.high).trim()})`;
      return `${name.padEnd(16)}${number(first.metrics[name])}${number(second.metrics[name])}${number(value)}${range}`;
    }),
    `Only ${names[0]} is right: ${comparison.onlyFirstRight}; only ${names[1]}: ${comparison.onlySecondRight} (McNemar, p = ${comparison.mcnemar.exact.toFixed(3)}).`,
  ].join('\n');
}

function oneVersion(positionals: readonly string[], usage: string): string {
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) throw new UserError(`Name one version; use: ${usage}`);
  return name;
}
