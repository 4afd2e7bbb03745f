import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ImportOptions, type InterchangeFormatName, importAnnotations } from '../../../src/interchange/index.ts';
import { userErrorOf } from '../user-error.ts';
import { append, folder, labels, standing } from './decisions.ts';

const note = 'Zacharias, cough for 2 days, SpO2 91%';

async function imported(format: InterchangeFormatName, records: unknown, options: Partial<ImportOptions> = {}) {
  const place = folder();
  const file = join(place, format === 'prodigy' ? 'in.jsonl' : 'in.json');
  const text =
    format === 'prodigy' && Array.isArray(records)
      ? records.map((record) => `${JSON.stringify(record)}\n`).join('')
      : JSON.stringify(records);
  writeFileSync(file, text);
  const database = join(place, 'corrections.db');
  const again = () => importAnnotations(database, file, { format, labels, ...options });
  const report = await again();
  return { report, decisions: standing(database), database, again };
}

/** A task as Label Studio exports it. */
const task = (result: object[], changes: object = {}, data: object = { text: note }) => ({
  id: 12,
  data,
  meta: {},
  project: 3,
  annotations: [
    {
      id: 40,
      completed_by: 10,
      result,
      was_cancelled: false,
      ground_truth: false,
      created_at: '2026-03-09T22:16:08.728353Z',
      updated_at: '2026-03-09T22:16:08.728378Z',
      lead_time: 4.288,
      ...changes,
    },
  ],
  predictions: [],
});
const choice = (value: unknown, name = 'triage') => ({
  id: 'Dx_aB91ISN',
  from_name: name,
  to_name: 'text',
  type: 'choices',
  origin: 'manual',
  value: { choices: [value].flat() },
});
const area = (text: unknown, name = 'why') => ({ from_name: name, to_name: 'text', type: 'textarea', value: { text } });

describe("Label Studio's own tasks", () => {
  it('give label, rationale, comment, reviewer and time', async () => {
    const result = [
      choice('Emergent'),
      area(['SpO2 is low.', 'He is pale.'], 'rationale'),
      area(['Ask again.'], 'comment'),
    ];
    const { decisions, report, again } = await imported('label-studio', [task(result)], { reviewer: 'M. Seacole' });
    expect(report).toMatchObject({ added: 1, skipped: [] });
    expect(decisions).toMatchObject([
      {
        noteText: note,
        action: 'corrected',
        label: { id: 'emergent', text: 'emergent', level: 2 },
        rationale: 'SpO2 is low.\nHe is pale.',
        rationaleSource: 'nurse',
        comment: 'Ask again.',
        reviewer: 'M. Seacole',
        decidedAt: '2026-03-09T22:16:08.728Z',
        model: { id: 'none' },
      },
    ]);
    expect(decisions[0]?.noteId).toMatch(/^imported\/[0-9a-f]{16}$/);
    expect(await again()).toMatchObject({ added: 0, alreadyThere: 1 });
  });

  it.each<[string, object, string]>([
    ['a number', { type: 'number', value: { number: 2 } }, 'emergent'],
    ['a rating', { type: 'rating', value: { rating: 4 } }, 'less urgent'],
    ['a level in words', choice('CTAS 5'), 'non-urgent'],
    ['level and word', choice('2 - Emergent'), 'emergent'],
    ['an id', choice('non_urgent'), 'non-urgent'],
  ])('give a label by %s', async (_, result, text) => {
    const { decisions } = await imported('label-studio', [task([{ from_name: 'x', ...result }])]);
    expect(decisions[0]?.label?.text).toBe(text);
  });

  it('name the reviewer by number, by name, by e-mail, or as the caller says', async () => {
    const by = (completed_by: unknown, n: number) =>
      task([choice('urgent')], { completed_by }, { text: `${note} ${n}` });
    const tasks = [by(10, 1), by(11, 2), by({ id: 3, email: 'e@x.org', first_name: '', last_name: '' }, 3)];
    const { decisions } = await imported('label-studio', tasks, { people: new Map([['10', 'F. Nightingale']]) });
    expect(decisions.map(({ reviewer }) => reviewer).sort()).toEqual(['F. Nightingale', 'e@x.org', 'label-studio 11']);
  });

  it('with several annotators leave the newest in force, whatever their order', async () => {
    const two = task([choice('urgent')]);
    const later = { ...two.annotations[0], completed_by: { email: 'late@x.org' }, updated_at: '2026-04-01T00:00:00Z' };
    const both = { ...two, annotations: [{ ...later, result: [choice('emergent')] }, ...two.annotations] };
    const { decisions, report } = await imported('label-studio', [both]);
    expect(report.added).toBe(2);
    expect(decisions).toMatchObject([{ reviewer: 'late@x.org', label: { id: 'emergent' } }]);
  });

  it('carry the prediction that the annotator saw', async () => {
    const predicted = { model_version: 'v7', score: 0.8, result: [choice('urgent'), area(['Cough.'], 'rationale')] };
    const agreed = { ...task([choice('urgent'), area(['Cough.'], 'rationale')]), predictions: [predicted] };
    const { decisions } = await imported('label-studio', [agreed]);
    expect(decisions).toMatchObject([
      {
        action: 'accepted',
        model: { id: 'v7' },
        predicted: { labelId: 'urgent', probabilities: { urgent: 0.8 }, rationale: 'Cough.' },
        rationaleSource: 'nurse-accepted',
      },
    ]);
  });

  it('that give no decision are told, with the reason and the place', async () => {
    const { report } = await imported('label-studio', [
      task([choice('urgent')], { was_cancelled: true }),
      task([area(['Only words.'])]),
      { id: 3, data: { text: note }, annotations: [] },
      task([choice('urgent')], {}, { image: 'x.png' }),
      task([choice('urgent')], { updated_at: '2999-01-01T00:00:00Z' }),
      task([choice(['urgent', 'emergent'])]),
    ]);
    expect(report.added).toBe(0);
    const told = new Map(report.skipped.map(({ why, where }) => [why, where]));
    expect(told.get('was skipped in Label Studio')).toEqual(['record 1']);
    expect(told.get('gives no label')).toEqual(['record 2', 'record 6']);
    expect(told.get('has no annotation')).toEqual(['record 3']);
    expect([...told.keys()].find((why) => /no note text/.test(why))).toBeDefined();
    expect(told.get('is dated in the future')).toEqual(['record 5']);
    expect(JSON.stringify(report)).not.toContain('Zacharias');
  });

  it('may have other names for their fields', async () => {
    const result = [choice('urgent', 'severity'), choice('yes', 'seen'), area('Cough.', 'because'), area('x', 'other')];
    const fields = { text: 'body', label: 'severity', rationale: 'because', comment: 'other' };
    const { decisions } = await imported('label-studio', [task(result, {}, { body: note })], { fields });
    expect(decisions).toMatchObject([{ label: { id: 'urgent' }, rationale: 'Cough.', comment: 'x', noteText: note }]);
  });

  it('on a note that is decided here already are about that note', async () => {
    const place = folder();
    const database = join(place, 'corrections.db');
    append(database, { noteId: 'ward/a.txt', noteText: note }, '2026-01-01T00:00:00Z');
    const file = join(place, 'in.json');
    writeFileSync(file, JSON.stringify([task([choice('urgent')])]));
    await importAnnotations(database, file, { format: 'label-studio', labels, reviewer: 'E. Cavell' });
    expect(standing(database)).toMatchObject([
      { noteId: 'ward/a.txt', label: { id: 'urgent' }, reviewer: 'E. Cavell' },
    ]);
  });
});

describe("Prodigy's own annotations", () => {
  const meta = { _input_hash: -1530009927, _task_hash: -340967702, _timestamp: 1_707_211_049, _view_id: 'blocks' };

  it('give what was chosen, by id or by the text of the option', async () => {
    const options = [
      { id: 1, text: 'Less urgent' },
      { id: 'urgent', text: '🙂 middle' },
    ];
    const chosen = { text: note, options, accept: [1], answer: 'accept', user_input: 'He looks well.', ...meta };
    const named = { ...chosen, text: `${note}!`, accept: ['urgent'], _annotator_id: 'triage-edith' };
    const { decisions } = await imported('prodigy', [chosen, { ...named, options: undefined }], {
      reviewer: 'M. Seacole',
    });
    expect(decisions).toMatchObject([
      { label: { id: 'less-urgent' }, rationale: 'He looks well.', reviewer: 'M. Seacole' },
      { label: { id: 'urgent' }, reviewer: 'triage-edith', decidedAt: '2024-02-06T09:17:29.000Z' },
    ]);
  });

  it('accept or reject a label', async () => {
    const session = '2024-02-06_10-17-19';
    const { decisions, report } = await imported(
      'prodigy',
      [
        { text: note, label: 'URGENT', answer: 'accept', ...meta, _session_id: session },
        { text: `${note}!`, label: 'urgent', answer: 'reject', ...meta },
        { text: `${note}?`, label: 'urgent', answer: 'ignore', ...meta },
        { text: `${note}.`, accept: ['urgent', 'emergent'], answer: 'accept', ...meta },
      ],
      { reviewer: 'M. Seacole' },
    );
    expect(decisions).toMatchObject([
      // A session without a name bears the time at which it began.
      { action: 'corrected', label: { id: 'urgent' }, reviewer: 'M. Seacole' },
      { action: 'rejected', label: null, predicted: { labelId: 'urgent' } },
    ]);
    expect(report.skipped.map(({ why, where }) => [why, ...where])).toEqual([
      ['was ignored in Prodigy', 'line 3'],
      ['gives several labels', 'line 4'],
    ]);
  });

  it('without a reviewer are told', async () => {
    const { report } = await imported('prodigy', [{ text: note, label: 'urgent', answer: 'accept', ...meta }]);
    expect(report).toMatchObject({ added: 0, skipped: [{ why: expect.stringContaining('--reviewer'), count: 1 }] });
  });
});

describe("Argilla's own records", () => {
  const user = '5f1b0a4e-6c1d-4d55-9c0a-0d6c2a3d1e11';

  it('of version 2 give the answers of each user', async () => {
    const record = {
      id: 'r1',
      fields: { text: note },
      metadata: {},
      suggestions: { label: { value: 'urgent', score: 0.9, agent: 'm1' } },
      responses: {
        label: [{ value: 'emergent', user_id: user }],
        rationale: [{ value: 'SpO2 91% is low.', user_id: user }],
      },
      vectors: {},
      _server_id: null,
    };
    const people = new Map([[user, 'F. Nightingale']]);
    const now = () => new Date('2026-06-06T06:06:06.000Z');
    const { decisions, again } = await imported('argilla', [record], { people, now });
    expect(decisions).toMatchObject([
      {
        label: { id: 'emergent' },
        rationale: 'SpO2 91% is low.',
        reviewer: 'F. Nightingale',
        predicted: { labelId: 'urgent', probabilities: { urgent: 0.9 } },
        model: { id: 'm1' },
        decidedAt: '2026-06-06T06:06:06.000Z',
      },
    ]);
    expect(decisions[0]?.noteId).toMatch(/^imported\/r1-[0-9a-f]{8}$/);
    expect(await again()).toMatchObject({ added: 0, alreadyThere: 1 });
  });

  it('of version 1 do so too, and drafts and discarded answers are left out', async () => {
    const answer = (status: string) => ({
      user_id: user,
      status,
      values: { label: { value: 3 }, reason: { value: 'Cough.' } },
    });
    const record = (n: number, status: string) => ({
      external_id: `r${n}`,
      fields: { text: `${note} ${n}` },
      responses: [answer(status)],
      suggestions: [{ question_name: 'label', value: 'urgent', agent: 'm1', score: null }],
    });
    const { decisions, report } = await imported('argilla', [
      record(1, 'submitted'),
      record(2, 'draft'),
      record(3, 'discarded'),
    ]);
    expect(decisions).toMatchObject([{ label: { level: 3 }, rationale: 'Cough.', reviewer: `argilla ${user}` }]);
    expect(report.skipped.map(({ why }) => why)).toEqual(['is a draft', 'was discarded in Argilla']);
  });
});

describe('a file that cannot be imported', () => {
  it.each<[string, unknown, RegExp]>([
    [
      'a label that is none',
      [task([choice('purple')])],
      /record 1: "purple" is not one of the labels resuscitation \(1\)/,
    ],
    ['level and word that contradict each other', [task([choice('2 urgent')])], /"2 urgent" is not one/],
    ['a level that is none', [task([choice('7')])], /"7" is not one/],
    ['no list', { tasks: [] }, /not a list/],
    ['an empty list', [], /no records/],
    ['a list of words', ['x'], /record 1: is not an object/],
  ])('with %s is refused whole', async (_, records, what) => {
    const good = task([choice('urgent')]);
    const both = Array.isArray(records) && records.length > 0 ? [...records, good] : records;
    const message = await userErrorOf(() => imported('label-studio', both));
    expect(message).toMatch(what);
    expect(message).not.toContain('Zacharias');
  });

  it('adds nothing of what stands before the fault', async () => {
    const place = folder();
    const [database, file] = [join(place, 'corrections.db'), join(place, 'in.json')];
    writeFileSync(file, JSON.stringify([task([choice('urgent')]), task([choice('purple')])]));
    await userErrorOf(() => importAnnotations(database, file, { format: 'label-studio', labels }));
    expect(standing(database)).toEqual([]);
  });

  it("takes another scale's labels by the names given for them", async () => {
    const labelNames = new Map([
      ['Red', '1'],
      ['purple', 'less-urgent'],
    ]);
    const { decisions } = await imported('label-studio', [task([choice('Purple')])], { labelNames });
    expect(decisions).toMatchObject([{ label: { id: 'less-urgent' } }]);
    const wrong = new Map([['purple', 'violet']]);
    expect(
      await userErrorOf(() => imported('label-studio', [task([choice('Purple')])], { labelNames: wrong })),
    ).toMatch(/--labels purple: "violet" is not one/);
  });

  it.each<[string, string | null, RegExp]>([
    ['that is missing', null, /no such file/],
    ['that is no JSON', 'Zacharias', /not JSON/],
  ])('%s is told', async (_, content, what) => {
    const place = folder();
    const file = join(place, 'in.json');
    if (content !== null) writeFileSync(file, content);
    const work = () => importAnnotations(join(place, 'c.db'), file, { format: 'argilla', labels });
    expect(await userErrorOf(work)).toMatch(what);
  });
});
