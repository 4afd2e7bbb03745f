import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CorrectionsStore } from '../../../src/corrections/index.ts';
import {
  type AnnotationExportOptions,
  type AnnotationExportReport,
  exportAnnotations,
  INTERCHANGE_FORMATS,
  type InterchangeFormatName,
  importAnnotations,
} from '../../../src/interchange/index.ts';
import { userErrorOf } from '../user-error.ts';
import { append, decided, folder, history, labels, standing } from './decisions.ts';

const nameFor = (format: InterchangeFormatName) => (format === 'prodigy' ? 'out.jsonl' : 'out.json');

async function exported(
  file: string,
  format: InterchangeFormatName,
  options: Partial<AnnotationExportOptions> = {},
): Promise<{ out: string; report: AnnotationExportReport }> {
  const store = CorrectionsStore.open(file, { readOnly: true });
  try {
    const out = join(folder(), nameFor(format));
    return { out, report: await exportAnnotations(store, out, { format, labels, ...options }) };
  } finally {
    store.close();
  }
}

function records(out: string): Record<string, unknown>[] {
  const text = readFileSync(out, 'utf8');
  return out.endsWith('.json')
    ? JSON.parse(text)
    : text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
}

const annotationsOf = (task: Record<string, unknown> | undefined) => task?.annotations as Record<string, unknown>[];

function write(out: string, content: readonly unknown[]): string {
  const text = out.endsWith('.json')
    ? JSON.stringify(content)
    : content.map((one) => `${JSON.stringify(one)}\n`).join('');
  writeFileSync(out, text);
  return out;
}

describe.each(INTERCHANGE_FORMATS)('%s', (format) => {
  it('keeps every finished decision, its time, reviewer and prediction, on the way there and back', async () => {
    const from = decided();
    const { out, report } = await exported(from, format);
    expect(report).toMatchObject({ written: 3, leftOut: { notAskedFor: 1, withoutLabel: 0 }, statement: null });
    const to = join(folder(), 'corrections.db');
    expect(await importAnnotations(to, out, { format, labels })).toMatchObject({
      added: 3,
      alreadyThere: 0,
      skipped: [],
    });
    expect(standing(to)).toEqual(standing(from).filter(({ action }) => action !== 'rejected'));
    const store = CorrectionsStore.open(to, { readOnly: true });
    expect(store.check().intact).toBe(true);
    store.close();
  });

  it('adds nothing when the file is imported again, or into the database it came from', async () => {
    const from = decided();
    const { out } = await exported(from, format);
    const before = standing(from);
    expect(await importAnnotations(from, out, { format, labels })).toMatchObject({ added: 0, alreadyThere: 3 });
    expect(standing(from)).toEqual(before);
    const to = join(folder(), 'corrections.db');
    await importAnnotations(to, out, { format, labels });
    expect(await importAnnotations(to, out, { format, labels })).toMatchObject({ added: 0, alreadyThere: 3 });
  });

  it('adds what an interrupted import had left', async () => {
    const { out } = await exported(decided(), format);
    const to = join(folder(), 'corrections.db');
    const halt = new Error('halt');
    const interrupted = importAnnotations(to, out, {
      format,
      labels,
      onProgress: (done) => {
        if (done === 2) throw halt;
      },
    });
    await expect(interrupted).rejects.toBe(halt);
    expect(await importAnnotations(to, out, { format, labels })).toMatchObject({ added: 1, alreadyThere: 2 });
  });

  it('leaves a decision that was made since in force', async () => {
    const from = decided();
    const { out } = await exported(from, format);
    const to = join(folder(), 'corrections.db');
    await importAnnotations(to, out, { format, labels });
    append(to, { noteId: 'a.txt', action: 'rejected', supersedes: 1 });
    expect(await importAnnotations(to, out, { format, labels })).toMatchObject({ added: 0, alreadyThere: 3 });
    const other = join(folder(), 'corrections.db');
    append(other, { noteId: 'a.txt', action: 'rejected' });
    expect(await importAnnotations(other, out, { format, labels })).toMatchObject({
      added: 2,
      skipped: [{ why: 'is older than the decision that stands', count: 1, where: [expect.any(String)] }],
    });
    expect(history(other, 'a.txt').map(({ action }) => action)).toEqual(['rejected']);
  });

  it('de-identified, holds neither names nor anything that leads back', async () => {
    const from = decided();
    append(from, {
      noteId: 'Zacharias.txt',
      noteText: 'Mr Zacharias, 93yo, cough for 3/7',
      comment: 'Ask Mr Zacharias.',
    });
    const { out, report } = await exported(from, format, { deidentify: true });
    expect(report.statement).toMatch(/best effort/);
    const text = readFileSync(out, 'utf8');
    expect(text).not.toMatch(/Zacharias|93yo|ward 3|2026-01|fingerprint/);
    expect(text).toContain('decision-6');
  });

  it('refuses a name that does not fit, and leaves nothing behind where nothing is asked for', async () => {
    const from = decided();
    const store = CorrectionsStore.open(from, { readOnly: true });
    const out = join(folder(), nameFor(format));
    const wrong = join(dirname(out), 'out.txt');
    expect(await userErrorOf(() => exportAnnotations(store, wrong, { format, labels }))).toMatch(/ends in \.json/);
    expect(await userErrorOf(() => exportAnnotations(store, out, { format, labels, reviewers: ['Nobody'] }))).toMatch(
      /nothing was exported/,
    );
    store.close();
    expect(readdirSync(dirname(out))).toEqual([]);
  });
});

describe('a decision that was changed in the tool', () => {
  it('of Label Studio is a new one, by whoever changed it, on the same prediction', async () => {
    const from = decided();
    const { out } = await exported(from, 'label-studio');
    const [task, ...others] = records(out) as [{ annotations: Record<string, unknown>[] }];
    const [annotation] = task.annotations;
    Object.assign(annotation ?? {}, {
      completed_by: { id: 3, email: 'e.cavell@example.org', first_name: 'Edith', last_name: 'Cavell' },
      created_at: '2026-03-01T10:00:00.000000Z',
      updated_at: '2026-03-02T10:00:00.000000Z',
      result: [{ from_name: 'label', to_name: 'text', type: 'choices', value: { choices: ['urgent'] } }],
    });
    write(out, [task, ...others]);
    expect(await importAnnotations(from, out, { format: 'label-studio', labels })).toMatchObject({ added: 1 });
    const [, changed] = history(from, 'a.txt');
    expect(changed).toMatchObject({
      action: 'corrected',
      label: { id: 'urgent' },
      rationale: null,
      reviewer: 'Edith Cavell',
      decidedAt: '2026-03-02T10:00:00.000Z',
      supersedes: 1,
      predicted: { labelId: 'emergent' },
      predictionId: 'prediction-1',
    });
  });

  it('of Label Studio is the same one where the tool changed only its own fields', async () => {
    const from = decided();
    const { out } = await exported(from, 'label-studio');
    const tasks = records(out).map((task, index) => ({
      ...task,
      id: 100 + index,
      annotations: annotationsOf(task).map((annotation) => ({
        ...annotation,
        id: 7,
        completed_by: 1,
        created_at: '2026-05-05T05:05:05Z',
        updated_at: '2026-05-05T05:05:05Z',
        lead_time: null,
      })),
    }));
    write(out, tasks);
    expect(await importAnnotations(from, out, { format: 'label-studio', labels })).toMatchObject({
      added: 0,
      alreadyThere: 3,
    });
  });

  it('of Argilla, which keeps no times, is dated now', async () => {
    const from = decided();
    const { out } = await exported(from, 'argilla');
    const [record, ...others] = records(out) as [{ responses: { label: { value: string }[] } }];
    for (const response of record.responses.label) response.value = '5';
    write(out, [record, ...others]);
    const now = () => new Date('2026-09-09T09:09:09.000Z');
    expect(await importAnnotations(from, out, { format: 'argilla', labels, now })).toMatchObject({ added: 1 });
    expect(history(from, 'a.txt')[1]).toMatchObject({
      label: { id: 'non-urgent' },
      reviewer: 'N. Nightingale',
      decidedAt: '2026-09-09T09:09:09.000Z',
    });
    expect(await importAnnotations(from, out, { format: 'argilla', labels })).toMatchObject({ added: 0 });
  });

  it('of Prodigy is new at the time that Prodigy gives', async () => {
    const from = decided();
    const { out } = await exported(from, 'prodigy');
    const tasks = records(out);
    Object.assign(tasks[0] ?? {}, { accept: ['non-urgent'], _timestamp: 1_788_000_000, _annotator_id: 'ward-edith' });
    write(out, tasks);
    const people = new Map([['ward-edith', 'Edith Cavell']]);
    expect(await importAnnotations(from, out, { format: 'prodigy', labels, people })).toMatchObject({ added: 1 });
    expect(history(from, 'a.txt')[1]).toMatchObject({
      label: { id: 'non-urgent' },
      reviewer: 'Edith Cavell',
      decidedAt: new Date(1_788_000_000_000).toISOString(),
    });
  });
});

describe('what a tool reads', () => {
  it('in Label Studio names nobody that it may not know, and is no ground truth', async () => {
    const [task] = records((await exported(decided(), 'label-studio')).out);
    const [annotation] = annotationsOf(task);
    expect(annotation).not.toHaveProperty('completed_by');
    expect(annotation).toMatchObject({ ground_truth: false, was_cancelled: false });
    expect(task).toMatchObject({
      data: { text: expect.stringContaining('SpO2 91%') },
      predictions: [{ model_version: 'triage-small 0.1.0', score: 0.75 }],
    });
    const people = new Map([['N. Nightingale', 'flo@example.org']]);
    const [named] = records((await exported(decided(), 'label-studio', { people })).out);
    expect(annotationsOf(named)[0]).toMatchObject({ completed_by: { email: 'flo@example.org' } });
  });

  it('in Prodigy has hashes of the question alone, always the same', async () => {
    const from = decided();
    const [before] = records((await exported(from, 'prodigy')).out);
    append(from, { action: 'corrected', label: labels[4] ?? null, rationale: 'Well.', supersedes: 1 });
    const after = records((await exported(from, 'prodigy')).out).find(({ text }) => text === before?.text);
    expect(after?.accept).toEqual(['non-urgent']);
    for (const name of ['_task_hash', '_input_hash']) {
      expect(after?.[name]).toBe(before?.[name]);
      expect(Number.isInteger(after?.[name]) && Math.abs(after?.[name] as number) <= 2 ** 31).toBe(true);
    }
    expect(before).toMatchObject({ answer: 'accept', accept: ['emergent'], _annotator_id: 'N. Nightingale' });
    expect(before?.options).toEqual(labels.map(({ text }) => ({ id: text, text })));
  });

  it('in Argilla has a user for every answer, and no empty answer', async () => {
    const all = records((await exported(decided(), 'argilla')).out);
    for (const { responses, suggestions } of all) {
      const answers = Object.values(responses as Record<string, { value: string; user_id: string; status: string }[]>);
      for (const { value, user_id: user, status } of answers.flat()) {
        expect(value).not.toBe('');
        expect(user).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(status).toBe('submitted');
      }
      expect(suggestions).toMatchObject({ label: { value: 'emergent', score: 0.75, agent: 'triage-small 0.1.0' } });
    }
  });
});

it.each(INTERCHANGE_FORMATS)('white space for a reason is no change to %s', async (format) => {
  const from = join(folder(), 'corrections.db');
  append(from, { action: 'corrected', rationale: ' \n', comment: '  ' });
  const { out } = await exported(from, format);
  expect(await importAnnotations(from, out, { format, labels })).toMatchObject({ added: 0, alreadyThere: 1 });
});
