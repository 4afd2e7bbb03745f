import type { AnnotatedExample } from '../../src/dataset/synthetic/generate.ts';
import { AGREEMENTS, type Agreement } from './agreements.ts';
import { type JudgedRationale, RATIONALE_MEASURES, type RationaleMeasure, type Share, shareOf } from './measures.ts';

/** One note with what the model said of it. */
export interface JudgedNote {
  readonly annotated: AnnotatedExample;
  /** As the model wrote it. */
  readonly rationale: string;
  readonly generated: JudgedRationale;
  /** The same measures of the rationale that the rules wrote. */
  readonly gold: JudgedRationale;
  readonly agreements: Readonly<Record<Agreement, boolean>>;
}

const GROUPS: readonly { readonly title: string; readonly measures: readonly RationaleMeasure[] }[] = [
  { title: 'Numbers', measures: ['numbers', 'allNumbers'] },
  {
    title: 'Said, and stated by the note',
    measures: ['findings', 'findingsInSameWords', 'vitals', 'signs', 'background', 'complaints', 'meanings'],
  },
  { title: 'Not hidden from the measure', measures: ['read', 'wholeRead'] },
  {
    title: 'What decides, and is named',
    measures: ['deciding', 'decidingVitals', 'decidingSigns', 'decidingComplaint', 'decidingAge'],
  },
];

const CAVEAT =
  'Where the level words are cut out, the sentences built around them stay: "nothing more stated" still speaks of levels 4 and 5.';

const TITLE_WIDTH = 52;
const SHARE_WIDTH = 30;

/** The report of the judged notes as a text of several lines. */
export function reportOf(notes: readonly JudgedNote[], faults: number): string {
  const heading = `${''.padEnd(TITLE_WIDTH)}${'written by the model'.padEnd(SHARE_WIDTH)}written by the rules`;
  const lines = [heading, `${''.padEnd(TITLE_WIDTH)}share, 95 % interval, of how many`];
  for (const { title, measures } of GROUPS) {
    lines.push(title);
    for (const measure of measures) {
      const of = (side: 'generated' | 'gold') => shareText(shareOf(notes.map((note) => note[side].counts[measure])));
      lines.push(row(RATIONALE_MEASURES[measure], of('generated').padEnd(SHARE_WIDTH) + of('gold')));
    }
  }
  lines.push('Label');
  for (const [agreement, title] of Object.entries(AGREEMENTS)) {
    const counts = notes.map((note) => ({ part: note.agreements[agreement as Agreement] ? 1 : 0, whole: 1 }));
    lines.push(row(title, shareText(shareOf(counts))));
  }
  lines.push('', CAVEAT);
  return [...lines, ...unreadLines(notes), ...faultLines(notes, faults)].join('\n');
}

function row(title: string, shares: string): string {
  return `${`  ${title}`.padEnd(TITLE_WIDTH)}${shares}`.trimEnd();
}

function shareText({ value, interval, whole }: Share): string {
  if (value === null || interval === null) return 'none';
  return `${value.toFixed(3)} (${interval.low.toFixed(3)}-${interval.high.toFixed(3)}) ${whole}`;
}

const MOST_UNREAD = 10;

/** What the measure cannot read and how often, so that a person can see whether it states anything. */
function unreadLines(notes: readonly JudgedNote[]): string[] {
  const counts = new Map<string, number>();
  for (const text of notes.flatMap(({ generated }) => generated.unread)) {
    const key = text.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const most = [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, MOST_UNREAD);
  return ['', `Not read: ${most.map(([text, count]) => `"${text}" ${count}`).join(', ')}`];
}

function faultLines(notes: readonly JudgedNote[], most: number): string[] {
  const faulty = notes.flatMap(({ annotated: { example }, rationale, generated }) => {
    const { claims, unread, counts } = generated;
    const wrong = claims.filter(({ stands }) => !stands).map(({ kind, text }) => `${kind} "${text}"`);
    const reworded = claims.filter((claim) => claim.stands && !claim.sameWords).map(({ text }) => `"${text}"`);
    const missing = counts.deciding.whole - counts.deciding.part;
    const faults = [
      ...(wrong.length === 0 ? [] : [`not in the note: ${wrong.join(', ')}`]),
      ...(reworded.length === 0 ? [] : [`in the note in other words: ${reworded.join(', ')}`]),
      ...(unread.length === 0 ? [] : [`not read: ${unread.map((text) => `"${text}"`).join(', ')}`]),
      ...(missing === 0 ? [] : [`not named: ${missing} of ${counts.deciding.whole} deciding findings`]),
    ];
    if (faults.length === 0) return [];
    const deciding = (example.deciding_spans ?? []).map(
      ({ finding, start, end }) => `${finding} "${example.question.slice(start, end)}"`,
    );
    return [
      [
        '',
        example.question,
        `  model: ${rationale}`,
        ...faults.map((fault) => `  ${fault}`),
        `  deciding: ${deciding.join(', ')}`,
      ],
    ];
  });
  return faulty.slice(0, most).flat();
}
