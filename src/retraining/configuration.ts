import type { ModelVersion } from '../registry/index.ts';
import type { TrainingConfiguration } from '../training/index.ts';
import { checkTrainingConfiguration } from '../training/index.ts';
import type { Plan } from './plan.ts';
import type { RunFolder } from './run-folder.ts';

/** The two stages from the parent, as a plan has them. */
export function trainingConfiguration(plan: Plan, parent: ModelVersion, run: RunFolder): TrainingConfiguration {
  const { settings, stage1Steps, stage2Steps, version } = plan;
  const { id, labels, prompts, limits } = parent.manifest;
  const configuration = {
    model: { id, version, from: parent.folder },
    run: run.path('training'),
    output: run.path('trained'),
    seed: settings.seed,
    data: {
      training: [{ file: run.path('corrections.jsonl'), repeat: plan.repeat }, { file: run.path('replay.jsonl') }],
      validation: [{ file: run.path('validation.jsonl') }],
      labels: labels.map(({ text }) => text),
      rationalesAsNotes: settings.rationalesAsNotes,
    },
    // A model that explains without being given the label was trained by distilling step by step.
    objective: prompts.explain.includes('{label}') ? 'r2d' : 'dss',
    optimizer: {
      kind: settings.optimizer,
      learningRate: settings.learningRate,
      warmUpSteps: settings.warmUpSteps,
    },
    batchSize: settings.batchSize,
    dropout: settings.dropout,
    ...limits,
    ...(stage1Steps === 0 ? {} : { stage1: { maxSteps: stage1Steps, evaluateEvery: stage1Steps } }),
    // Measured once, at the end, so that the last weights are the ones kept.
    stage2: { maxSteps: stage2Steps, evaluateEvery: stage2Steps },
    checkpointEvery: settings.checkpointEvery,
  };
  return checkTrainingConfiguration(configuration, run.path('plan.json'));
}
