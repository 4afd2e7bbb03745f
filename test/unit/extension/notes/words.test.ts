import { describe, expect, it } from 'vitest';
import { foldersWithNotes, isInFolders } from '../../../../src/extension/notes/batch-scope.ts';
import type { NoteEntry } from '../../../../src/extension/notes/note-entry.ts';
import { certaintyWords, lookOf, spokenName } from '../../../../src/extension/notes/note-words.ts';
import { type StatusFacts, statusWords } from '../../../../src/extension/notes/status-words.ts';

const emergent = { labelText: 'emergent', level: 2 };
const prediction = { ...emergent, certainty: 0.82, expectedLevel: 2.2 };

function note(changes: Partial<NoteEntry> = {}): NoteEntry {
  return {
    id: 'ward/ed-0071.txt',
    path: '/notes/ward/ed-0071.txt',
    name: 'ed-0071.txt',
    noteHash: 'h',
    state: 'predicted',
    changedSince: null,
    acuity: emergent,
    prediction,
    decidedParts: 0,
    ...changes,
  };
}

describe('how a note looks', () => {
  it('tells acuity by number, word and colour, and that a prediction is no review', () => {
    const look = lookOf(note());
    expect(look).toMatchObject({ badge: '2?', colour: 'reason2decide.acuity2', icon: 'circle-large-outline' });
    expect(look.description).toBe('2 emergent · 82 % sure · predicted, not reviewed');
    expect(spokenName(note())).toBe('ed-0071.txt, 2 emergent, 82 % sure, predicted, not reviewed');
  });

  it('tells of parts that were reviewed by themselves, and leaves the note unreviewed', () => {
    const look = lookOf(note({ decidedParts: 2 }));
    expect(look.description).toBe('2 emergent · 82 % sure · predicted, not reviewed · 2 parts reviewed');
    expect(look.explanation[0]).toBe('2 parts of it were reviewed, which is no review of the whole note.');
    expect(look.badge).toBe('2?');
  });

  it('differs between every two states, in the badge and in the icon', () => {
    const states = ['predicted', 'accepted', 'corrected', 'rejected', 'flagged'] as const;
    const looks = [...states.map((state) => lookOf(note({ state }))), lookOf(note({ changedSince: 'accepted' }))];
    expect(new Set(looks.map(({ badge }) => badge)).size).toBe(looks.length);
    expect(new Set(looks.map(({ icon }) => icon)).size).toBe(looks.length);
    expect(new Set(looks.map(({ description }) => description)).size).toBe(looks.length);
    for (const { badge } of looks) expect(badge).toHaveLength(2);
  });

  it("shows the reviewer's acuity, and the model's in the explanation", () => {
    const look = lookOf(note({ state: 'corrected', acuity: { labelText: 'urgent', level: 3 } }));
    expect(look).toMatchObject({ badge: '3✎', colour: 'reason2decide.acuity3', description: '3 urgent · corrected' });
    expect(look.explanation).toEqual([
      'Acuity 3 urgent, corrected by a reviewer.',
      'The model says 2 emergent, 82 % sure.',
    ]);
  });

  it('gives a rejected prediction no acuity by a reviewer', () => {
    expect(lookOf(note({ state: 'rejected' })).explanation).toEqual([
      'A reviewer rejected the prediction.',
      'The model says 2 emergent, 82 % sure.',
    ]);
  });

  it('has no badge for a note that is not triaged, but for one that changed since its review', () => {
    const untriaged = { state: 'not triaged', acuity: null, prediction: null } as const;
    expect(lookOf(note(untriaged))).toMatchObject({ badge: undefined, colour: undefined, description: 'not triaged' });
    const changed = lookOf(note({ ...untriaged, changedSince: 'corrected' }));
    expect(changed).toMatchObject({ badge: '!', description: 'not triaged · changed since corrected' });
    expect(changed.explanation[0]).toBe('The note has changed since it was corrected: it needs review again.');
  });

  it('does without levels, and with levels beyond the five that have colours', () => {
    expect(lookOf(note({ acuity: { labelText: 'maybe', level: null } }))).toMatchObject({
      badge: 'M?',
      colour: 'reason2decide.acuityOther',
      description: 'maybe · 82 % sure · predicted, not reviewed',
    });
    const acuity = { labelText: 'expectant', level: 12 };
    expect(lookOf(note({ acuity }))).toMatchObject({ badge: 'E?', colour: 'reason2decide.acuityOther' });
  });

  it('never claims a certainty of all or nothing', () => {
    expect([0.999, 0.985, 0.5, 0.001].map(certaintyWords)).toEqual([
      'over 99 % sure',
      '99 % sure',
      '50 % sure',
      'under 1 % sure',
    ]);
  });
});

describe('the status bar', () => {
  const model = {
    id: 'triage-small',
    version: '0.2.0',
    device: 'cpu',
    deviceExplanation: 'cpu (webgpu: no adapter)',
  };
  const facts: StatusFacts = { engine: 'ready', model, open: true, batch: undefined };

  it('names the model, the device, and why it is not the GPU', () => {
    const { text, tooltip } = statusWords(facts);
    expect(text).toBe('$(pulse) triage-small · CPU');
    expect(tooltip).toEqual([
      'Model triage-small 0.2.0.',
      'Computes on cpu (webgpu: no adapter).',
      'It computes on this computer; nothing leaves it.',
    ]);
  });

  it('says what will be used before anything was loaded', () => {
    const asleep: StatusFacts = { ...facts, engine: 'stopped', open: false };
    expect(statusWords(asleep).tooltip[0]).toBe('Model triage-small 0.2.0, opened at the next triage.');
    expect(statusWords({ ...asleep, model: undefined }).text).toBe('$(pulse) Reason2Decide');
  });

  it('shows how far a batch is, in words too', () => {
    const { text, spoken } = statusWords({ ...facts, batch: { done: 1200, total: 10000, failed: 3 } });
    expect(text).toBe('$(sync~spin) triage-small · CPU 1,200/10,000');
    expect(spoken).toContain('1,200 of 10,000 done, 3 could not be triaged.');
  });
});

describe('the folders of a batch', () => {
  const entries = ['/w/a.txt', '/w/ward/b.txt', '/w/ward/deep/c.txt', '/w/ward 3/d.txt'].map((path) => note({ path }));

  it('are those that hold notes, with the notes below them', () => {
    expect(foldersWithNotes(entries, ['/w'])).toEqual([
      { path: '/w/ward', notes: 2 },
      { path: '/w/ward 3', notes: 1 },
      { path: '/w/ward/deep', notes: 1 },
    ]);
  });

  it('are not taken for others whose names begin the same', () => {
    const inWard = entries.filter((entry) => isInFolders(entry, ['/w/ward'])).map(({ path }) => path);
    expect(inWard).toEqual(['/w/ward/b.txt', '/w/ward/deep/c.txt']);
    expect(entries.every((entry) => isInFolders(entry, ['/']))).toBe(true);
  });
});
