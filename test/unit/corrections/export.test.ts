import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/index.ts';
import {
  type CorrectionsStore,
  type ExportFormat,
  type ExportOptions,
  exportCorrections,
} from '../../../src/corrections/index.ts';
import { ACUITY_TEXTS, type Example, readExamples } from '../../../src/dataset/index.ts';
import { newDecision, newStore, temporaryFolder, urgent } from './decisions.ts';

const formats: readonly ExportFormat[] = ['jsonl', 'reference', 'csv'];

async function exported(store: CorrectionsStore, options: Partial<ExportOptions> = {}) {
  const format = options.format ?? 'jsonl';
  const file = join(temporaryFolder(), format === 'csv' ? 'out.csv' : 'out.jsonl');
  const report = await exportCorrections(store, file, { format, ...options });
  const examples: Example[] = [];
  for await (const example of readExamples(file, { labels: ACUITY_TEXTS })) examples.push(example);
  return { report, examples, text: readFileSync(file, 'utf8'), file };
}

/** Notes that a file of examples must carry unharmed. */
const awkward = [
  'a, "quoted" note\r\nwith lines;\ttabs and a comma,',
  ' spaces around ',
  '\ufeffa byte order mark',
  '<script>alert(1)</script> 🩺 é \u2028 \\n',
  '=1+1',
];

describe('an export', () => {
  it.each(formats)('as %s is read back by the data set’s reader as it was decided', async (format) => {
    const store = newStore();
    for (const [i, noteText] of awkward.entries()) {
      store.append(newDecision({ noteId: `${i}.txt`, noteText, rationale: `because,\n"${i}"` }));
    }
    const { examples, report } = await exported(store, { format });
    expect(examples.map(({ question }) => question)).toEqual(awkward);
    expect(examples.map(({ rationale }) => rationale)).toEqual(awkward.map((_, i) => `because,\n"${i}"`));
    expect(new Set(examples.map(({ label }) => label))).toEqual(new Set(['emergent']));
    expect(report).toMatchObject({ written: awkward.length, deidentification: null });
  });

  it('has every column of a decision', async () => {
    const store = newStore({ now: () => new Date('2026-11-22T10:00:00Z') });
    const { noteHash, predicted } = store.append(
      newDecision({
        action: 'corrected',
        label: urgent,
        rationale: 'Stable, walks in, talks freely.',
        comment: 'seen',
      }),
    );
    const { text, examples } = await exported(store);
    expect(JSON.parse(text)).toEqual({
      question: 'cough for 2 days, SpO2 91%, HR 118 (a.txt)',
      label: 'urgent',
      rationale: 'Stable, walks in, talks freely.',
      id: 'a.txt',
      rationale_source: 'nurse',
      note_source: 'reviewed',
      reviewer: 'N. Nightingale',
      decided_at: '2026-11-22T10:00:00.000Z',
      model: 'triage-small 0.1.0',
      level: 3,
      state: 'corrected',
      comment: 'seen',
      decision: 1,
      model_fingerprint: 'f'.repeat(64),
      predicted_label: 'emergent',
      predicted_rationale: predicted.rationale,
      predicted_probability: 0.75,
      note_hash: noteHash,
    });
    expect(examples[0]).toMatchObject({ level: 3, rationale_source: 'nurse', model: 'triage-small 0.1.0' });
  });

  it("as the reference code's has its three columns alone", async () => {
    const store = newStore();
    store.append(newDecision());
    const { text } = await exported(store, { format: 'reference' });
    expect(Object.keys(JSON.parse(text))).toEqual(['question', 'label', 'rationale']);
  });

  it('says who wrote each rationale', async () => {
    const store = newStore();
    const { rationale } = newDecision();
    store.append(newDecision({ noteId: '1' }));
    store.append(
      newDecision({ noteId: '2', action: 'corrected', label: urgent, rationale: `${rationale} Seen twice.` }),
    );
    store.append(newDecision({ noteId: '3', action: 'corrected', label: urgent, rationale: 'Looks well.' }));
    store.append(newDecision({ noteId: '4', action: 'corrected', label: urgent, rationale: null }));
    const { examples } = await exported(store);
    expect(examples.map((example) => example.rationale_source)).toEqual([
      'nurse-accepted',
      'nurse-post-processed',
      'nurse',
      undefined,
    ]);
  });

  it('has each note once, as it was decided last', async () => {
    const store = newStore();
    const first = store.append(newDecision());
    const second = store.append(
      newDecision({
        action: 'corrected',
        label: urgent,
        rationale: 'x',
        supersedes: first.sequence,
        noteText: 'edited note',
      }),
    );
    store.append(newDecision({ noteId: 'b.txt' }));
    const third = store.append(newDecision({ noteId: 'c.txt' }));
    store.append(newDecision({ noteId: 'c.txt', action: 'undone', supersedes: third.sequence }));
    const { examples, report } = await exported(store);
    expect(examples.map(({ id, question, label }) => [id, question, label])).toEqual([
      ['a.txt', second.noteText, 'urgent'],
      ['b.txt', newDecision({ noteId: 'b.txt' }).noteText, 'emergent'],
    ]);
    expect(report.written).toBe(2);
  });

  it('leaves out what teaches nothing, and says how much', async () => {
    const store = newStore();
    store.append(newDecision());
    store.append(newDecision({ noteId: 'b.txt', action: 'rejected' }));
    store.append(newDecision({ noteId: 'c.txt', action: 'flagged' }));
    store.append(newDecision({ noteId: 'd.txt', action: 'flagged', label: urgent }));
    expect((await exported(store)).report).toMatchObject({
      written: 1,
      leftOut: { filtered: 3, withoutLabel: 0, tooLong: 0 },
    });
    const all = await exported(store, { states: ['accepted', 'rejected', 'flagged'] });
    expect(all.report).toMatchObject({ written: 2, leftOut: { filtered: 0, withoutLabel: 2 } });
    expect(all.examples.map(({ id }) => id)).toEqual(['a.txt', 'd.txt']);
  });

  it('never exports an earlier decision because the later one is filtered out', async () => {
    const store = newStore();
    store.append(newDecision({ reviewer: 'A' }));
    store.append(newDecision({ reviewer: 'B', action: 'rejected' }));
    store.append(newDecision({ noteId: 'b.txt', reviewer: 'A' }));
    const { examples } = await exported(store, { reviewers: ['A'] });
    expect(examples.map(({ id }) => id)).toEqual(['b.txt']);
  });

  it.each<[Partial<ExportOptions>, string[]]>([
    [{ since: '2026-11-22' }, ['2', '3', '4']],
    [{ until: '2026-11-22' }, ['1', '2', '3']],
    [{ since: '2026-11-22', until: '2026-11-22' }, ['2', '3']],
    [{ since: new Date(2026, 10, 22, 23, 59, 59).toISOString() }, ['3', '4']],
    [{ until: new Date(2026, 10, 22, 0, 0, 0).toISOString() }, ['1', '2']],
    [{ states: ['corrected'] }, ['4']],
    [{ reviewers: ['A', 'C'] }, ['1', '3', '4']],
  ])('is filtered by %j', async (filter, ids) => {
    // In this machine's time: the end of one day, beginning and end of the next, the one behind it.
    const times = [
      new Date(2026, 10, 21, 23, 59, 59),
      new Date(2026, 10, 22, 0, 0, 0),
      new Date(2026, 10, 22, 23, 59, 59),
      new Date(2026, 10, 23, 0, 0, 0),
    ];
    const clock = times.values();
    const store = newStore({ now: () => clock.next().value ?? new Date(0) });
    for (const [i, reviewer] of ['A', 'B', 'A', 'C'].entries()) {
      store.append(
        newDecision({ noteId: `${i + 1}`, reviewer, ...(i === 3 ? { action: 'corrected', label: urgent } : {}) }),
      );
    }
    const { examples } = await exported(store, filter);
    expect(examples.map(({ id }) => id)).toEqual(ids);
  });

  it.each<[string, Partial<ExportOptions>, string, RegExp]>([
    ['a state that does not exist', { states: ['done' as 'accepted'] }, 'out.jsonl', /no state "done"/],
    ['a date that is none', { since: 'yesterday' }, 'out.jsonl', /"yesterday" is not a date/],
    ['a day that does not exist', { until: '2026-02-30' }, 'out.jsonl', /"2026-02-30" is not a date/],
    ['an end before its beginning', { since: '2026-11-23', until: '2026-11-22' }, 'out.jsonl', /before it begins/],
    ['a name of another kind', { format: 'csv' }, 'out.jsonl', /\.csv/],
    ['nobody', { reviewers: ['nobody'] }, 'out.jsonl', /No decision is/],
    ['rejections alone', { states: ['rejected'] }, 'out.jsonl', /gives a label/],
  ])('for %s is refused in one sentence, and leaves the file there alone', async (_, options, name, what) => {
    const store = newStore();
    store.append(newDecision());
    store.append(newDecision({ noteId: 'b.txt', action: 'rejected' }));
    const file = join(temporaryFolder(), name);
    writeFileSync(file, 'an earlier export');
    const failure = await exportCorrections(store, file, { format: 'jsonl', ...options }).catch((error) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure.message).toMatch(what);
    expect(readFileSync(file, 'utf8')).toBe('an earlier export');
    expect(readdirSync(dirname(file))).toEqual([name]);
  });

  it('of an empty store is refused', async () => {
    await expect(exported(newStore())).rejects.toThrow(/no decision to export yet/);
  });

  it('can be read whatever a note holds', async () => {
    const store = newStore();
    store.append(newDecision({ noteId: 'nul.txt', noteText: 'a \0 byte' }));
    store.append(newDecision({ noteId: 'long.txt', noteText: '"'.repeat(9 * 1024 * 1024) }));
    const level = { id: 'maybe', text: 'urgent', level: 0 };
    store.append(newDecision({ noteId: 'level.txt', action: 'corrected', label: level }));
    for (const format of formats) {
      const { report, examples } = await exported(store, { format });
      expect(report).toMatchObject({ written: 2, leftOut: { tooLong: 1 } });
      expect(examples[0]?.question).toBe(format === 'csv' ? 'a \ufffd byte' : 'a \0 byte');
      expect(examples[1]?.level).toBeUndefined();
    }
  });
});

describe('a de-identified export', () => {
  it.each(formats)('as %s leaves nothing that leads back to the patient', async (format) => {
    const store = newStore({ now: () => new Date('2026-11-22T10:00:00Z') });
    const secrets = {
      noteText:
        'Mr John Smith, 93yo, MRN 4711234, seen 22/11/2026, tel 555-123-4567. BP 120/80, pain 7/10, cough for 3/7.',
      rationale: 'Mr Smith is 93 years old; BP 120/80 is normal.',
      comment: 'call Dr Jones on 555-123-4567',
    };
    store.append(newDecision({ noteId: 'notes/john-smith.txt', action: 'corrected', label: urgent, ...secrets }));
    const { text, report, examples } = await exported(store, { format, deidentify: true });
    expect(text).not.toMatch(/Smith|smith|4711234|22\/11|555|Jones|93|11-22/);
    expect(examples[0]?.question).toBe(
      'Mr [NAME], 90+yo, MRN [RECORD NUMBER], seen [DATE], tel [PHONE]. BP 120/80, pain 7/10, cough for 3/7.',
    );
    expect(examples[0]?.rationale).toBe('Mr [NAME] is 90+ years old; BP 120/80 is normal.');
    if (format !== 'reference') {
      expect(examples[0]).toMatchObject({ id: 'decision-1', decided_at: '2026', reviewer: 'N. Nightingale' });
      expect(text).toContain('call Dr [NAME] on [PHONE]');
      expect(text).not.toContain(newDecision(secrets).noteHash);
    }
    expect(report.deidentification).toEqual({
      replaced: {
        name: 3,
        date: 1,
        ageOver89: 2,
        phone: 2,
        email: 0,
        recordNumber: 1,
        address: 0,
        url: 0,
        ipAddress: 0,
      },
      statement: expect.stringMatching(/best effort/),
    });
  });
});
