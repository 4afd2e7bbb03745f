import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelVersion } from '../registry/index.ts';
import { Tokenizer } from '../t5/index.ts';
import { type LogRecord, train } from '../training/index.ts';
import {
  bothWords,
  type Manifest,
  manifestFile,
  readManifest,
  storedWords,
  wordsFromStore,
  writeManifest,
} from '../triage/index.ts';
import { writeBlend } from './blend.ts';
import { trainingConfiguration } from './configuration.ts';
import { DivergenceWatch } from './divergence.ts';
import type { Plan } from './plan.ts';
import type { RetrainingWork } from './work.ts';

/**
 * Trains the candidate, or goes on with it; nothing is done where that is done.
 *
 * @throws UserError when it diverges or the disk is full; the signal's reason when aborted.
 */
export async function trainCandidate({ plan, parent, run, report, options }: RetrainingWork): Promise<void> {
  const candidate = run.path('candidate');
  const trained = run.path('trained');
  if (existsSync(candidate)) return;
  // The folder appears only when training is done.
  if (!existsSync(join(trained, manifestFile))) {
    const { device, onDevice, signal } = options;
    const watch = new DivergenceWatch();
    signal?.throwIfAborted();
    await train(trainingConfiguration(plan, parent, run), {
      resume: true,
      device,
      onDevice: (explanation) => onDevice?.(explanation),
      onRecord(record: LogRecord, maxSteps: number) {
        watch.note(record);
        if (record.kind === 'step') report.show(record.stage, record.step, maxSteps, record.loss);
        signal?.throwIfAborted();
      },
    });
  }
  const { parentShare } = plan.settings;
  await writeBlend(candidate, { trained, parent: parent.folder, parentShare }, (folder) =>
    completeManifest(folder, parent, plan),
  );
}

/** Training knows label texts alone: their ids, levels and colours, and the calibration, are the parent's. */
async function completeManifest(folder: string, parent: ModelVersion, plan: Plan): Promise<void> {
  const manifest = await readManifest(folder);
  const { labels, calibration } = parent.manifest;
  const { rationaleWords: taught, ...rest } = manifest;
  const rationaleWords = await wordsWithoutNames(taught, parent);
  await writeManifest(folder, {
    ...rest,
    ...(rationaleWords && { rationaleWords }),
    labels,
    ...(calibration === undefined ? {} : { calibration }),
    training: { ...manifest.training, parent: plan.parent, corrections: plan.decisions.taught },
  });
}

type RationaleWords = Manifest['rationaleWords'];

/**
 * The words that the candidate's rationales may have of their own: its parent's, and of those that the reviewers used the ones that are a
 * whole token. The tokens come from texts without patients, so no word of theirs tells of one, as a name in a rationale would.
 */
async function wordsWithoutNames(taught: RationaleWords, parent: ModelVersion): Promise<RationaleWords> {
  const before = parent.manifest.rationaleWords;
  if (taught === undefined || before === undefined) return undefined;
  const tokenizer = await Tokenizer.load(parent.folder);
  const isToken = (word: string) =>
    [word, ` ${word}`].some((text) => tokenizer.encodeIds(text).filter((id) => id !== tokenizer.eosId).length === 1);
  const { own, closing } = wordsFromStore(taught);
  const tokens = { own: own.filter(isToken), closing: closing.filter(isToken) };
  return storedWords(bothWords(wordsFromStore(before), tokens));
}
