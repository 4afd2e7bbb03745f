import { UserError } from '../common/index.ts';
import { CorrectionsStore } from '../corrections/index.ts';
import type { Example } from '../dataset/index.ts';
import type { ModelRegistry } from '../registry/index.ts';
import { modelFingerprint } from '../triage/index.ts';
import { writeExamplesFile } from './examples-file.ts';
import { type FrozenSet, frozenSet } from './frozen-set.ts';
import { type Correction, gatherCorrections, textKey } from './gather.ts';
import type { Plan } from './plan.ts';
import { readRecipe } from './recipe.ts';
import { makeReplay } from './replay.ts';
import type { RunFolder } from './run-folder.ts';
import type { RetrainingSettings } from './settings.ts';
import { splitByNote } from './split.ts';

/** What a retraining is asked for. */
export interface RetrainingRequest {
  readonly registry: ModelRegistry;
  /** The database of decisions; it is only read. */
  readonly store: string;
  readonly settings: RetrainingSettings;
  /** The training configuration whose synthetic notes are replayed; without one, all that the generator can write. */
  readonly recipe?: string | undefined;
  /** Files of examples to show beside the corrections. */
  readonly examples?: readonly string[];
  /** Examples to freeze as the registry's evaluation set, where it has none yet. */
  readonly evaluation?: string | undefined;
}

/** With fewer held out, not even a candidate that gets each of them right could be shown to be better: 2 × 0.5⁵ > 0.05. */
const fewestHeldOut = 6;
/** Validation is for the log alone: the recipe's steps are taken in full, and its last weights are the candidate's. */
const validationExamples = 40;

/**
 * Settles what a retraining will do, and writes all it needs into its folder, so that neither the store nor the user's files are
 * needed again.
 *
 * @throws UserError when there is too little to learn from or to measure with.
 */
export async function prepare(request: RetrainingRequest, run: RunFolder): Promise<Plan> {
  const { registry, settings } = request;
  const parent = await registry.current();
  const { labels, id, version } = parent.manifest;
  const gathered = readStore(request.store, (store) => gatherCorrections(store, labels));
  const { corrections } = gathered;
  const { taught, heldOut } = splitByNote(corrections, settings.heldOutShare, settings.seed);
  requireEnough(corrections, taught, heldOut);

  const recipe = await readRecipe(request.recipe);
  const frozen = await frozenSet(registry.folder, {
    recipe,
    labels,
    examples: settings.frozenExamples,
    rationales: settings.frozenRationales,
    from: request.evaluation,
  });
  const held = new Set([
    ...heldOut.map(({ key }) => key),
    ...frozen.examplesOf.map(({ question }) => textKey(question)),
  ]);
  // A note of the frozen set may have been reviewed: it is asked about, so it does not teach.
  const teaching = taught.filter(({ key }) => !held.has(key));
  const replay = await makeReplay({
    recipe,
    labels,
    count: Math.max(settings.replayExamples, replayFor(teaching.length, settings)),
    seed: settings.seed,
    files: request.examples ?? [],
    held,
  });
  await run.create();
  const plan: Plan = {
    format: 1,
    createdAt: new Date().toISOString(),
    parent: { name: parent.name, id, version, fingerprint: await modelFingerprint(parent.folder) },
    version: await registry.nextVersion({ id, version }),
    settings,
    decisions: {
      first: corrections[0]?.sequence ?? 0,
      last: corrections.at(-1)?.sequence ?? 0,
      head: gathered.head,
      taught: teaching.length,
      heldOut: heldOut.length,
      contradicted: gathered.contradictions.flatMap(({ contradicted }) => contradicted),
    },
    leftOut: gathered.leftOut,
    contradictions: gathered.contradictions.map(({ kept, contradicted }) => ({
      kept,
      contradicted: [...contradicted],
    })),
    ...schedule(teaching.length, replay, settings),
    data: await writeData(run, { teaching, heldOut, replay, frozen }, settings),
  };
  await run.writePlan(plan);
  return plan;
}

function readStore<T>(file: string, read: (store: CorrectionsStore) => T): T {
  const store = CorrectionsStore.open(file, { readOnly: true });
  try {
    return read(store);
  } finally {
    store.close();
  }
}

function requireEnough(
  corrections: readonly Correction[],
  taught: readonly Correction[],
  heldOut: readonly Correction[],
): void {
  const [first] = corrections;
  if (first !== undefined && corrections.every(({ label }) => label === first.label)) {
    throw new UserError(
      `Every decision gives the same level (${first.label}), from which a model learns to say nothing else; review notes of ` +
        'other levels too.',
    );
  }
  if (heldOut.length < fewestHeldOut || taught.length === 0) {
    throw new UserError(
      `Of ${corrections.length} decisions that teach, ${heldOut.length} are held out to measure with; with fewer than ` +
        `${fewestHeldOut} no candidate could be shown to be better, so review more notes first.`,
    );
  }
}

/** So much replay that each correction shown once is no more than its share. */
function replayFor(corrections: number, { correctionsShare }: RetrainingSettings): number {
  return Math.ceil((corrections * (1 - correctionsShare)) / Math.max(correctionsShare, 0.01));
}

/** How often an epoch shows the corrections, so that they have their share, and how many steps show each often enough. */
function schedule(
  taught: number,
  replay: readonly Example[],
  settings: RetrainingSettings,
): Pick<Plan, 'repeat' | 'stage1Steps' | 'stage2Steps'> {
  const { correctionsShare, batchSize, passes } = settings;
  const wanted = (replay.length * correctionsShare) / (1 - correctionsShare);
  const repeat = Math.max(1, Math.round(wanted / taught));
  const perStep = (batchSize * repeat * taught) / (repeat * taught + replay.length);
  const enough = Math.ceil((passes * taught) / perStep);
  // Stage 1 has nothing to learn, or to measure, where the user's own replay explains nothing.
  const explained = replay.slice(0, validationExamples).some(({ rationale }) => rationale !== '');
  return {
    repeat,
    stage1Steps: explained ? settings.stage1Steps : 0,
    stage2Steps: Math.min(Math.max(settings.stage2Steps, enough), Math.max(settings.stage2Steps, settings.mostSteps)),
  };
}

interface Data {
  readonly teaching: readonly Correction[];
  readonly heldOut: readonly Correction[];
  readonly replay: readonly Example[];
  readonly frozen: FrozenSet;
}

async function writeData(
  run: RunFolder,
  { teaching, heldOut, replay, frozen }: Data,
  { frozenRationales }: RetrainingSettings,
): Promise<Plan['data']> {
  const validation = replay.slice(0, validationExamples);
  const asked = heldOut.map(toExample).map((e, i) => (i < frozenRationales ? e : { ...e, rationale: '' }));
  return {
    corrections: await writeExamplesFile(run.path('corrections.jsonl'), teaching.map(toExample)),
    replay: await writeExamplesFile(run.path('replay.jsonl'), replay),
    'held-out': await writeExamplesFile(run.path('held-out.jsonl'), asked),
    validation: await writeExamplesFile(run.path('validation.jsonl'), validation),
    frozen: { sha256: frozen.sha256, examples: frozen.examples },
  };
}

/** Known by its decision's number: a note's name may tell whose it is. */
function toExample({ sequence, note, label, rationale, rationaleSource }: Correction): Example {
  return {
    id: `decision-${sequence}`,
    question: note,
    label,
    rationale,
    ...(rationaleSource === null ? {} : { rationale_source: rationaleSource }),
    note_source: 'reviewed',
  };
}
