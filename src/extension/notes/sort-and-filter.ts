import * as vscode from 'vscode';
import type { NoteIndex } from './note-index.ts';
import { type NoteFilter, type NoteOrder, orderWords, passes } from './note-order.ts';

const orders: Readonly<Record<NoteOrder, string>> = {
  urgency: 'Urgency',
  uncertainty: 'Uncertainty',
  name: 'Name',
};

/** In the order in which a note goes through them. */
const filters: Readonly<Record<NoteFilter, string>> = {
  'not triaged': 'Not triaged',
  predicted: 'Predicted, not reviewed',
  changed: 'Changed since it was reviewed',
  accepted: 'Accepted',
  corrected: 'Corrected',
  rejected: 'Prediction rejected',
  flagged: 'Flagged for a second opinion',
};

const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>) => Object.keys(record) as Key[];

/** Asks for the order of the notes. Undefined when the reviewer gives it up. */
export async function askForOrder(index: NoteIndex): Promise<NoteOrder | undefined> {
  const items = keysOf(orders).map((order) => ({
    label: orders[order],
    description: `${orderWords[order]}${order === index.order ? ' (now)' : ''}`,
    order,
  }));
  const choice = await vscode.window.showQuickPick(items, {
    title: 'Sort notes',
    placeHolder: 'Which notes come first?',
  });
  return choice?.order;
}

/** Asks which states are shown, and shows them. */
export async function askForFilter(index: NoteIndex): Promise<void> {
  const items = keysOf(filters).map((filter) => ({
    label: filters[filter],
    description: String(countOf(index, filter)),
    picked: index.filter?.has(filter) ?? true,
    filter,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Filter notes by state',
    placeHolder: 'Which notes are shown?',
    canPickMany: true,
  });
  if (chosen === undefined) return;
  const isNoFilter = chosen.length === 0 || chosen.length === items.length;
  index.filter = isNoFilter ? undefined : new Set(chosen.map(({ filter }) => filter));
}

function countOf(index: NoteIndex, filter: NoteFilter): number {
  const only = new Set([filter]);
  let count = 0;
  for (const entry of index.all) if (passes(only, entry)) count++;
  return count;
}
