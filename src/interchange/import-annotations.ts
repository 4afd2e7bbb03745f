import { CorrectionsStore, type DecidedLabel, type Decision, noteHash } from '../corrections/index.ts';
import type { FieldNames, LeftOut } from './annotation.ts';
import { textOrNone } from './carried-decision.ts';
import { formats, type InterchangeFormatName } from './formats.ts';
import { type ImportedDecision, interpret } from './interpret.ts';
import { LabelMap } from './labels.ts';
import { readRecords } from './shape.ts';

export interface ImportOptions {
  readonly format: InterchangeFormatName;
  /** The labels that annotations may give, the most urgent first. */
  readonly labels: readonly DecidedLabel[];
  /** This program's label by the tool's, where they do not speak for themselves. */
  readonly labelNames?: ReadonlyMap<string, string>;
  readonly fields?: FieldNames;
  /** The reviewer of annotations that name nobody. */
  readonly reviewer?: string;
  /** Reviewers by the tool's own name or number. */
  readonly people?: ReadonlyMap<string, string>;
  /** The clock, by which annotations without a time are dated. */
  readonly now?: () => Date;
  readonly onProgress?: (done: number, of: number) => void;
}

/** Annotations that gave no decision for the same reason. */
export interface SkippedAnnotations {
  readonly why: string;
  readonly count: number;
  /** The places of the first few. */
  readonly where: readonly string[];
}

export interface ImportReport {
  readonly file: string;
  readonly added: number;
  /** Already decisions of the database. */
  readonly alreadyThere: number;
  readonly skipped: readonly SkippedAnnotations[];
}

/** Clocks of two machines may differ by so much, in milliseconds. */
const clockTolerance = 24 * 60 * 60 * 1000;
const placesTold = 3;

/**
 * Adds the annotations of another tool's file to a database of decisions, each dated and named as the file has it. What is there
 * already is not added again, so that a file can be imported twice, or once more after an interruption.
 *
 * @param database is created where there is none.
 * @throws UserError for a file of another form and for a label that is none: then nothing was added.
 */
export async function importAnnotations(database: string, file: string, options: ImportOptions): Promise<ImportReport> {
  const { format, fields = {}, people = new Map(), reviewer, now = () => new Date() } = options;
  const labels = new LabelMap(options.labels, options.labelNames);
  const annotations = (await readRecords(file)).flatMap((record) => formats[format].read(record, fields));
  const skipped = new Skipped();
  let clock = now();
  const store = CorrectionsStore.open(database, { now: () => clock });
  try {
    const names = noteNames(store);
    const imported: ImportedDecision[] = [];
    for (const annotation of annotations) {
      const outcome =
        'why' in annotation
          ? annotation
          : interpret(annotation, {
              file,
              format,
              labels,
              people,
              noteIdOf: (hash) => names.get(hash),
              ...(reviewer === undefined ? {} : { reviewer }),
            });
      if ('why' in outcome) skipped.add(outcome);
      else imported.push(outcome);
    }
    const counts = { added: 0, alreadyThere: 0 };
    // A decision that no one dated is the newest.
    imported.sort((left, right) => timeOf(left) - timeOf(right));
    for (const [index, { where, decision, decidedAt }] of imported.entries()) {
      const history = store.history(decision.noteId);
      if (history.some((earlier) => isSame(earlier, decision, decidedAt))) counts.alreadyThere++;
      else {
        const standing = store.latest(decision.noteId);
        const why = whyNot(standing, decidedAt, now());
        if (why !== null) skipped.add({ where, why });
        else {
          clock = decidedAt === null ? now() : new Date(decidedAt);
          store.append({ ...decision, supersedes: standing?.sequence ?? null });
          counts.added++;
        }
      }
      options.onProgress?.(index + 1, imported.length);
    }
    return { file, ...counts, skipped: skipped.reasons };
  } finally {
    store.close();
  }
}

/** The names of the notes that decisions stand on, by the hash of their text. */
function noteNames(store: CorrectionsStore): Map<string, string> {
  const names = new Map<string, string>();
  for (const { noteId, noteText } of store.latestOfAll()) names.set(noteHash(noteText), noteId);
  return names;
}

const timeOf = ({ decidedAt }: ImportedDecision) =>
  decidedAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(decidedAt);

function isSame(earlier: Decision, decision: ImportedDecision['decision'], decidedAt: string | null): boolean {
  return (
    earlier.noteHash === decision.noteHash &&
    earlier.reviewer === decision.reviewer &&
    earlier.action === decision.action &&
    earlier.label?.id === decision.label?.id &&
    textOrNone(earlier.rationale) === textOrNone(decision.rationale) &&
    textOrNone(earlier.comment) === textOrNone(decision.comment) &&
    (decidedAt === null || earlier.decidedAt === decidedAt)
  );
}

/** The newest decision stands, so an older one must not come behind it. */
function whyNot(standing: Decision | undefined, decidedAt: string | null, now: Date): string | null {
  if (decidedAt === null) return null;
  const at = Date.parse(decidedAt);
  if (at > now.getTime() + clockTolerance) return 'is dated in the future';
  if (standing !== undefined && at < Date.parse(standing.decidedAt)) return 'is older than the decision that stands';
  return null;
}

class Skipped {
  readonly #places = new Map<string, string[]>();

  add({ where, why }: LeftOut): void {
    const places = this.#places.get(why) ?? [];
    places.push(where);
    this.#places.set(why, places);
  }

  get reasons(): SkippedAnnotations[] {
    return [...this.#places].map(([why, places]) => ({
      why,
      count: places.length,
      where: places.slice(0, placesTold),
    }));
  }
}
