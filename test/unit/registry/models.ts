import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ModelRegistry, type Provenance } from '../../../src/registry/index.ts';
import { reason2DecidePrompts } from '../../../src/triage/index.ts';

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'reason2decide-registry-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A model as the registry sees one: it never opens the weights. */
export function writeModel(folder: string, version: string, weights = version): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.safetensors'), weights);
  const label = (id: string, level: number) => ({ id, text: id, level, colour: '#000000', description: '' });
  const manifest = {
    id: 'tiny',
    version,
    labels: [label('urgent', 1), label('not urgent', 2)],
    prompts: reason2DecidePrompts,
    limits: { inputTokens: 64, rationaleTokens: 16 },
    tokenizer: 'none',
    training: {},
    metrics: {},
  };
  writeFileSync(join(folder, 'reason2decide.json'), JSON.stringify(manifest));
  return folder;
}

export function provenanceOf(weights: string, offered = true): Provenance {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  return {
    format: 1,
    createdAt: '2026-11-22T10:00:00.000Z',
    parent: { name: 'shipped', id: 'tiny', version: '1.0', fingerprint: hash('1.0') },
    fingerprint: hash(weights),
    seed: 1,
    decisions: { first: 1, last: 40, head: hash('head'), taught: 30, heldOut: 10, contradicted: [] },
    data: { corrections: { sha256: hash('corrections'), examples: 30 } },
    settings: {},
    verdict: {
      offered,
      criteria: [
        {
          measure: "reviewer's level",
          met: offered,
          parent: 0.4,
          version: 0.6,
          difference: null,
          probability: 0.01,
          reason: 'The reviewer was met in 6 of 10.',
        },
      ],
    },
  };
}

export interface TestRegistry {
  readonly registry: ModelRegistry;
  readonly folder: string;
  /** Adds a version and gives its name. */
  add(version: string, offered?: boolean): Promise<string>;
}

/** A registry of a user's own folder, which is not there yet, with a shipped model elsewhere. */
export function newRegistry(): TestRegistry {
  const root = temporaryFolder();
  const folder = join(root, 'registry');
  const registry = ModelRegistry.open(folder, writeModel(join(root, 'program', 'shipped-model'), '1.0'));
  return {
    registry,
    folder,
    add: async (version, offered = true) => {
      const model = writeModel(join(root, `made-${version}`), version);
      return (await registry.add(model, provenanceOf(version, offered))).name;
    },
  };
}
