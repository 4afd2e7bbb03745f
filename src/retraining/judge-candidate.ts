import { join } from 'node:path';
import { writeFileAtomically } from '../common/index.ts';
import type { Provenance, Verdict } from '../registry/index.ts';
import { readTrainingLog, renderReport } from '../report/index.ts';
import { modelFingerprint } from '../triage/index.ts';
import { frozenFile, measure, measureFrozen } from './measure.ts';
import type { RunFolder } from './run-folder.ts';
import { judge, type Pair } from './verdict.ts';
import type { RetrainingWork } from './work.ts';

/** Measures parent and candidate, judges, and writes the report. What is measured already is not measured again. */
export async function judgeCandidate({
  registry,
  run,
  plan,
  parent,
  report,
  options,
}: RetrainingWork): Promise<Provenance> {
  const folder = run.path('candidate');
  const fingerprint = await modelFingerprint(folder);
  const ask = (phase: string) => ({
    device: options.device,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onExample: (done: number, total: number) => report.show(phase, done, total, null),
  });
  const heldOut = { ...plan.data['held-out'], file: run.path('held-out.jsonl') };
  const frozen = { ...plan.data.frozen, file: frozenFile(registry.folder) };
  const onFrozen = {
    parent: await measureFrozen(registry.folder, parent.folder, frozen, ask('the model in use, on frozen notes')),
    candidate: await measureFrozen(registry.folder, folder, frozen, ask('the candidate, on frozen notes')),
  };
  const verdict = judge(
    onFrozen,
    {
      parent: await measure(
        parent.folder,
        heldOut,
        run.path('held-out-parent.json'),
        ask('the model in use, on held-out corrections'),
      ),
      candidate: await measure(
        folder,
        heldOut,
        run.path('held-out-candidate.json'),
        ask('the candidate, on held-out corrections'),
      ),
    },
    { macroF1: plan.settings.macroF1Margin, underTriage: plan.settings.underTriageMargin },
  );
  await writeReport(run, onFrozen, verdict);
  return {
    format: 1,
    createdAt: new Date().toISOString(),
    parent: plan.parent,
    fingerprint,
    seed: plan.settings.seed,
    decisions: plan.decisions,
    data: plan.data,
    settings: { ...plan.settings },
    verdict,
  };
}

async function writeReport(run: RunFolder, { parent, candidate }: Pair, verdict: Verdict): Promise<void> {
  const log = await readTrainingLog(join(run.path('training'), 'log.jsonl'), candidate.model.version);
  const html = renderReport({
    evaluations: [parent, candidate],
    trainingLogs: [log],
    verdict: { promoted: verdict.offered, reasons: verdict.criteria.map(({ reason }) => reason) },
  });
  await writeFileAtomically(run.path('report.html'), (file) => file.writeFile(html));
}
