import { UserError } from '../common/index.ts';
import { DECISION_ACTIONS, type Decision, type DecisionAction } from './decision.ts';

/** Which of the decisions that stand are exported. */
export interface ExportFilter {
  /** `accepted` and `corrected` where absent: those are finished reviews. */
  readonly states?: readonly DecisionAction[];
  /** Everyone where absent. */
  readonly reviewers?: readonly string[];
  /**
   * The first moment, `2026-11-22` for the beginning of that day on this machine's clock, or a date and time in ISO 8601.
   */
  readonly since?: string;
  /** The last moment; a date alone counts to the end of its day. */
  readonly until?: string;
}

const FINISHED: readonly DecisionAction[] = ['accepted', 'corrected'];
/** An undone decision does not stand, so that no note is in this state. */
const STATES: readonly DecisionAction[] = DECISION_ACTIONS.filter((action) => action !== 'undone');

/**
 * The test that a decision must pass.
 *
 * @throws UserError for a state that does not exist, a date that is none, or an end before its beginning.
 */
export function exportFilter({ states = FINISHED, reviewers, since, until }: ExportFilter): (d: Decision) => boolean {
  const unknown = states.find((state) => !STATES.includes(state));
  if (unknown !== undefined) throw new UserError(`There is no state "${unknown}"; use some of ${STATES.join(', ')}.`);
  const from = since === undefined ? Number.NEGATIVE_INFINITY : startOf(since);
  const before = until === undefined ? Number.POSITIVE_INFINITY : endOf(until);
  if (from >= before) throw new UserError(`The export would end (${until}) before it begins (${since}); swap the two.`);
  return ({ action, reviewer, decidedAt }) => {
    const at = Date.parse(decidedAt);
    return (
      states.includes(action) &&
      (reviewers === undefined || reviewers.includes(reviewer)) &&
      // A date that was tampered with is no number, and passes only where no date is asked for.
      (since === undefined || at >= from) &&
      (until === undefined || at < before)
    );
  };
}

function startOf(text: string): number {
  return dayOf(text)?.getTime() ?? momentOf(text);
}

/** The first millisecond that no longer counts. */
function endOf(text: string): number {
  const day = dayOf(text);
  if (day === null) return momentOf(text) + 1;
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}

/** Midnight here at the beginning of a day such as 2026-11-22; null for any other text. */
function dayOf(text: string): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return null;
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number];
  const day = new Date(year, month - 1, date);
  if (day.getMonth() !== month - 1 || day.getDate() !== date) throw notDate(text);
  return day;
}

function momentOf(text: string): number {
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) throw notDate(text);
  return moment;
}

const notDate = (text: string) =>
  new UserError(`"${text}" is not a date; write it as 2026-11-22 or 2026-11-22T14:30:00Z.`);
