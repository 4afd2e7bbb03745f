import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../bench/rationales/judge-claims.ts';
import { buildLexicon } from '../../../bench/rationales/lexicon.ts';
import { type Count, judgeRationale, type RationaleMeasure } from '../../../bench/rationales/measures.ts';
import { RATIONALE_VOICES } from '../../../src/dataset/index.ts';
import { COMPLAINTS } from '../../../src/dataset/synthetic/conditions/index.ts';
import { type AnnotatedExample, generateAnnotated } from '../../../src/dataset/synthetic/generate.ts';
import type { NoteKey } from '../../../src/dataset/synthetic/render/note-builder.ts';
import { RELATIVES } from '../../../src/dataset/synthetic/story.ts';

const lexicon = buildLexicon();
const annotated = [...generateAnnotated({ count: 800, seed: 91 })];

const judge = (one: AnnotatedExample, rationale = one.example.rationale) => judgeRationale(one, rationale, lexicon);

function shareIn(counts: readonly Count[]): number {
  const sum = (of: keyof Count) => counts.reduce((total, count) => total + count[of], 0);
  return sum('part') / sum('whole');
}

function shares(notes: readonly AnnotatedExample[]): (measure: RationaleMeasure) => number {
  const judged = notes.map((one) => judge(one).counts);
  return (measure) => shareIn(judged.map((counts) => counts[measure]));
}

const fallen = (claims: readonly Claim[]) => claims.filter(({ stands }) => !stands).map(({ text }) => text);

/** Corrupts the rationales that can be; what comes back was changed. */
function corrupted(change: (one: AnnotatedExample) => string | undefined) {
  return annotated.flatMap((one) => {
    const rationale = change(one);
    return rationale === undefined || rationale === one.example.rationale ? [] : [{ one, rationale }];
  });
}

describe('the rationales that the rules write', () => {
  it('hold up against their notes in every measure, and are read to the last word', () => {
    const share = shares(annotated);
    for (const measure of ['numbers', 'allNumbers', 'findings', 'findingsInSameWords', 'background'] as const)
      expect(share(measure), measure).toBe(1);
    for (const measure of ['complaints', 'meanings', 'read'] as const) expect(share(measure), measure).toBe(1);
    // The rules name three deciding findings and walk through four others: a shock behind a coma may go unnamed.
    expect(share('deciding')).toBeGreaterThan(0.995);
  });

  it.each(RATIONALE_VOICES)('are read in the voice %s', (voice) => {
    const share = shares([...generateAnnotated({ count: 400, seed: 92, voices: [voice] })]);
    expect(share('read')).toBeGreaterThan(0.998);
    expect(share('findings')).toBeGreaterThan(0.998);
  });
});

describe('a corrupted rationale', () => {
  it('with another value of a vital sign is caught', () => {
    const changed = corrupted(({ example }) =>
      example.rationale.replace(
        /\bHR (\d+)(?! (?:cannot|is impossible|must))/,
        (_, rate: string) => `HR ${Number(rate) + 1}`,
      ),
    );
    expect(changed.length).toBeGreaterThan(350);
    for (const { one, rationale } of changed) {
      expect(fallen(judge(one, rationale).claims), rationale).toEqual([expect.stringMatching(/^HR [\d.]+$/)]);
    }
  });

  it('with the value of another vital sign is caught, though that number stands in the note', () => {
    const changed = corrupted(({ example }) => {
      if (/cannot be right|is impossible|must be a slip/.test(example.rationale)) return undefined;
      const [, heart] = /\bHR (\d+)/.exec(example.rationale) ?? [];
      const [, breathing] = /\bRR (\d+)/.exec(example.rationale) ?? [];
      if (heart === undefined || breathing === undefined) return undefined;
      return example.rationale.replace(/\bHR \d+/, `HR ${breathing}`).replace(/\bRR \d+/, `RR ${heart}`);
    });
    expect(changed.length).toBeGreaterThan(200);
    for (const { one, rationale } of changed) {
      const { claims, counts } = judge(one, rationale);
      expect(counts.numbers.part, rationale).toBe(counts.numbers.whole);
      expect(fallen(claims), rationale).toHaveLength(2);
    }
  });

  it('with a sign that the note does not state is caught, and its meaning too', () => {
    const changed = corrupted(({ example, spans }) => {
      const stated = new Set<string>(spans.map(({ key }) => key));
      const signs = Object.entries(COMPLAINTS.find(({ id }) => id === example.complaint)?.signs ?? {});
      const sign = signs.find(([id, { level }]) => level !== undefined && !stated.has(`sign:${id}`))?.[1];
      const wording = sign?.says[0]
        ?.split('|')[0]
        ?.replaceAll(/\{(\d+)-\d+\}/g, '$1')
        .replaceAll('{side}', 'left');
      return sign === undefined ? undefined : `${wording} means ${sign.meaning}, urgent. ${example.rationale}`;
    });
    expect(changed.length).toBeGreaterThan(450);
    const caught = changed.filter(({ one, rationale }) => fallen(judge(one, rationale).claims).length >= 2);
    expect(caught.length / changed.length).toBeGreaterThan(0.99);
  });

  it('that affirms what the note denies is caught', () => {
    const changed = corrupted((one) => {
      const { example, spans } = one;
      const signs = COMPLAINTS.find(({ id }) => id === example.complaint)?.signs ?? {};
      const { claims } = judge(one);
      for (const [id, { says, denies = [] }] of Object.entries(signs)) {
        const denied = denies
          .flatMap((template) => template.split('|'))
          .find((form) =>
            claims.some(({ kind, text }) => kind === 'sign' && text.toLowerCase() === form.toLowerCase()),
          );
        const said = says[0]
          ?.split('|')[0]
          ?.replaceAll(/\{(\d+)-\d+\}/g, '$1')
          .replaceAll('{side}', 'left');
        const once = spans.filter(({ key }) => key === `sign:${id}`).length === 1;
        if (denied !== undefined && once) return example.rationale.replace(new RegExp(`\\b${denied}`, 'i'), said ?? '');
      }
      return undefined;
    });
    expect(changed.length).toBeGreaterThan(25);
    for (const { one, rationale } of changed) expect(fallen(judge(one, rationale).claims), rationale).toHaveLength(1);
  });

  it('that tells of an illness of nobody in the note, or of another complaint, is caught', () => {
    for (const one of annotated.slice(0, 200)) {
      const relative = RELATIVES.find(({ text }) => !one.spans.some(({ key }) => key === `relative:${text}`))?.text;
      const invented = `${relative?.replaceAll(/\{(\d+)-\d+\}/g, '$1')}: not the patient, does not count.`;
      expect(fallen(judge(one, `${one.example.rationale} ${invented}`).claims)).toHaveLength(1);
      const other = COMPLAINTS.find(({ id }) => id !== one.example.complaint && ['burn', 'seizure'].includes(id))?.name;
      expect(fallen(judge(one, `Given ${other} alone: urgent. ${one.example.rationale}`).claims)).toEqual([other]);
    }
  });

  it('with words that no one has taught the measure shows them as not read', () => {
    for (const one of annotated.slice(0, 200)) {
      const { unread, counts } = judge(one, `${one.example.rationale} Also a meteor strike nearby.`);
      expect(unread).toEqual(['a meteor strike nearby']);
      expect(counts.read.whole - counts.read.part).toBe(4);
    }
  });

  it('that leaves out what decides names fewer of the deciding findings', () => {
    const named = annotated.map((one) => {
      const sentences = one.example.rationale.split(/(?<=\.) /);
      const keys = new Set(judge(one).claims.flatMap(({ names }) => names));
      const kept = sentences.filter((sentence) => {
        const kinds = judge(one, sentence).claims.flatMap(({ names }) => names);
        return !kinds.some((name) =>
          one.example.deciding_spans?.some(({ finding }) => finding === name && keys.has(name)),
        );
      });
      return judge(one, kept.join(' ')).counts.deciding;
    });
    expect(shareIn(named)).toBeLessThan(0.05);
  });
});

describe('a finding', () => {
  /** A note of a fall from its pieces; those with a key state that fact. */
  const fall = (...pieces: readonly (readonly [text: string, key?: string])[]): AnnotatedExample => {
    const spans: AnnotatedExample['spans'][number][] = [];
    const plain = new Map<NoteKey, string>();
    let question = '';
    for (const [text, key] of pieces) {
      const start = question.length;
      question += text;
      if (key === undefined) continue;
      spans.push({ key: key as NoteKey, start, end: question.length });
      plain.set(key as NoteKey, text);
    }
    return { example: { question, label: 'emergent', rationale: '', complaint: 'limb-injury' }, spans, plain };
  };
  const note = fall(
    ['34M ', 'age'],
    ['arm injury', 'complaint'],
    ['. '],
    ['fall from 5 metres', 'sign:mechanism'],
    [', '],
    ['moves fingers and toes', 'sign:open'],
    ['. Prev '],
    ['stroke 2015, full recovery', 'past:stroke 2015, full recovery'],
    ['. '],
    ['HR 130', 'earlier:heart-rate'],
    [', now '],
    ['HR112', 'heart-rate'],
    [', '],
    ['BP ninty over sixty', 'blood-pressure'],
    [', '],
    ['V of AVPU', 'consciousness'],
    [', '],
    ['NRS 7/10', 'pain'],
  );
  const stands = (rationale: string, one = note) =>
    judge(one, rationale).claims.flatMap(({ kind, stands: standing }) => (kind === 'complaint' ? [] : [standing]));

  it('stands in the short form of what the note writes in full', () => {
    expect(stands('Fall 5 m')).toEqual([true]);
  });

  it('does not stand with another number, nor as the opposite', () => {
    expect(stands('Fall from 7 metres')).toEqual([false]);
    expect(stands('No fall from 5 metres')).toEqual([false]);
  });

  it('is told from another way to state the same sign', () => {
    const [claim] = judge(fall(['pedestrian hit by a car', 'sign:mechanism']), 'Thrown from motorcycle').claims;
    expect(claim).toMatchObject({ stands: true, sameWords: false });
  });

  it('is read from misspelt, shortened and capitalised words', () => {
    const hurried = fall(['PEDESTRAIN HIT BY CAR', 'sign:mechanism']);
    expect(judge(hurried, 'Pedestrian hit by a car').claims).toMatchObject([{ stands: true, sameWords: true }]);
  });

  it('on one side of the body does not stand on the other', () => {
    const facial = (text: string) => {
      const one = fall(['weak face', 'complaint'], [', '], [text, 'sign:acute']);
      return { ...one, example: { ...one.example, complaint: 'facial-palsy' } };
    };
    const left = 'Left arm weak too, since 2 hours';
    expect(stands(left, facial('left arm weak too, since 2 hours'))).toEqual([true]);
    expect(stands(left, facial('Lt arm weak too, 2 h'))).toEqual([true]);
    expect(stands(left, facial('L arm weak too, 2 h'))).toEqual([true]);
    expect(stands(left, facial('Rt arm weak too, 2 h'))).toEqual([false]);
  });

  it('that is a vital sign has to be the latest value, whatever the note calls it', () => {
    expect(stands('HR 112: fast, urgent. Pulse 112')).toEqual([true, true]);
    expect(stands('HR 130')).toEqual([false]);
    expect(stands('The earlier HR 130 is superseded by the latest.')).toEqual([true]);
    expect(stands('HR 112 cannot be right and does not count.')).toEqual([false]);
    expect(stands('Pain 7. Pain 10')).toEqual([true, false]);
    expect(stands('RR 18')).toEqual([false]);
  });

  it('may stand in number words, misspelt in the note', () => {
    expect(stands('BP ninety over sixty')).toEqual([true]);
    expect(stands('BP 90/60')).toEqual([true]);
    expect(stands('BP nineteen over sixty')).toEqual([false]);
  });

  it('of consciousness stands by its step', () => {
    expect(stands('Responds only to voice')).toEqual([true]);
    expect(stands('Unresponsive')).toEqual([false]);
    expect(stands('Alert')).toEqual([false]);
    expect(stands('GCS 13')).toEqual([false]);
  });

  it('that the note denies does not stand, nor what it would amount to', () => {
    const facial = (text: string) => {
      const one = fall(['weak face', 'complaint'], [', '], [text, 'sign:acute']);
      return { ...one, example: { ...one.example, complaint: 'facial-palsy' } };
    };
    const judgement = 'Within the time for stroke treatment';
    expect(stands(judgement, facial('Lt arm weak too, 2 h'))).toEqual([true]);
    expect(stands(judgement, facial('speech clear'))).toEqual([false]);
    expect(stands('Left arm weak too, since 2 hours', facial('speech clear'))).toEqual([false]);
    expect(stands('Also speech clear.', facial('speech clear'))).toEqual([true]);
  });

  it('of another complaint stands only by its very words, not denied and not of the past', () => {
    const vomiting = (text: string) => fall(['arm injury', 'complaint'], [`, ${text}`]);
    expect(stands('Sudden, worst headache of life', vomiting('sudden, worst headache of life'))).toEqual([true]);
    expect(stands('Sudden, worst headache of life', vomiting('no sudden, worst headache of life'))).toEqual([false]);
    expect(
      stands(
        'Sudden, worst headache of life',
        fall(['sudden, worst headache of life', 'past:sudden, worst headache of life']),
      ),
    ).toEqual([false]);
    expect(stands('Sudden, worst headache of life', vomiting('no headache'))).toEqual([false]);
  });
});
