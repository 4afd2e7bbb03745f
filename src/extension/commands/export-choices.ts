import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CorrectionsStore, DecisionAction, ExportFormat, ExportOptions } from '../../corrections/index.ts';

/** What is exported and where to. */
export interface ExportChoices extends ExportOptions {
  readonly file: string;
}

const day = 24 * 60 * 60 * 1000;

/** Asks step by step what to export; undefined when the reviewer leaves any step. */
export async function askExportChoices(store: CorrectionsStore, statement: string): Promise<ExportChoices | undefined> {
  const format = await askFormat();
  if (format === undefined) return undefined;
  const states = await askStates();
  if (states === undefined || states.length === 0) return undefined;
  const reviewers = await askReviewers(store);
  if (reviewers === undefined) return undefined;
  const dates = await askDates();
  if (dates === undefined) return undefined;
  const deidentify = await askDeidentification(statement);
  if (deidentify === undefined) return undefined;
  const file = await askFile(format, deidentify);
  if (file === undefined) return undefined;
  return { file, format, states, deidentify, ...(reviewers === 'all' ? {} : { reviewers }), ...dates };
}

const steps = 5;
const title = (step: number, what: string) => `Export corrections (${step}/${steps}): ${what}`;

async function askFormat(): Promise<ExportFormat | undefined> {
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { format: ExportFormat }>(
    [
      {
        label: 'JSON Lines',
        description: 'all columns',
        detail: 'For training with this program, with who decided what and when',
        format: 'jsonl',
      },
      {
        label: 'JSON Lines',
        description: 'question, label, rationale',
        detail: 'The three columns of the Reason2Decide reference code',
        format: 'reference',
      },
      { label: 'CSV', description: 'all columns', detail: 'For a spreadsheet or statistics', format: 'csv' },
    ],
    { title: title(1, 'Format') },
  );
  return picked?.format;
}

async function askStates(): Promise<readonly DecisionAction[] | undefined> {
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { states: readonly DecisionAction[] }>(
    [
      { label: 'Accepted and corrected', states: ['accepted', 'corrected'] },
      { label: 'Corrected only', states: ['corrected'] },
      { label: 'Accepted only', states: ['accepted'] },
    ],
    {
      title: title(2, 'Decisions'),
      placeHolder: 'The latest decision on each note; rejected and flagged notes have no label to learn from',
    },
  );
  return picked?.states;
}

async function askReviewers(store: CorrectionsStore): Promise<readonly string[] | 'all' | undefined> {
  const names = new Set<string>();
  for (const { reviewer } of store.latestOfAll()) names.add(reviewer);
  if (names.size < 2) return 'all';
  const items = [...names].sort().map((label) => ({ label, picked: true }));
  const picked = await vscode.window.showQuickPick(items, { title: title(3, 'Reviewers'), canPickMany: true });
  if (picked === undefined || picked.length === 0) return undefined;
  return picked.length === items.length ? 'all' : picked.map(({ label }) => label);
}

async function askDates(): Promise<Pick<ExportOptions, 'since' | 'until'> | undefined> {
  const since = (days: number) => ({ since: dayText(new Date(Date.now() - days * day)) });
  const picked = await vscode.window.showQuickPick<
    vscode.QuickPickItem & { dates: Pick<ExportOptions, 'since'> | 'ask' }
  >(
    [
      { label: 'All dates', dates: {} },
      { label: 'Today', dates: since(0) },
      { label: 'The last 7 days', dates: since(6) },
      { label: 'The last 30 days', dates: since(29) },
      { label: 'From one day to another…', dates: 'ask' },
    ],
    { title: title(4, 'Dates') },
  );
  if (picked?.dates !== 'ask') return picked?.dates;
  const first = await askDay('The first day', undefined);
  if (first === undefined) return undefined;
  const last = await askDay('The last day', first);
  return last === undefined ? undefined : { since: first, until: last };
}

async function askDay(prompt: string, notBefore: string | undefined): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title: title(4, 'Dates'),
    prompt: `${prompt}, as year-month-day`,
    value: dayText(new Date()),
    validateInput: (value) => {
      const text = value.trim();
      if (!isDay(text)) return 'Write a date such as 2026-11-22.';
      return notBefore !== undefined && text < notBefore ? `Not before ${notBefore}.` : undefined;
    },
  });
  return answer?.trim();
}

async function askDeidentification(statement: string): Promise<boolean | undefined> {
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { deidentify: boolean }>(
    [
      {
        label: 'Export the notes as they are',
        detail: 'The file then holds all that the notes say about a patient',
        deidentify: false,
      },
      { label: 'De-identify, best effort', detail: statement, deidentify: true },
    ],
    { title: title(5, 'De-identification') },
  );
  return picked?.deidentify;
}

async function askFile(format: ExportFormat, deidentify: boolean): Promise<string | undefined> {
  const extension = format === 'csv' ? 'csv' : 'jsonl';
  const name = `corrections${deidentify ? '-deidentified' : ''}-${dayText(new Date())}.${extension}`;
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const uri = await vscode.window.showSaveDialog({
    title: 'Export corrections',
    saveLabel: 'Export',
    filters: format === 'csv' ? { CSV: ['csv'] } : { 'JSON Lines': ['jsonl'] },
    defaultUri: vscode.Uri.file(root === undefined ? name : join(root, name)),
  });
  return uri?.fsPath;
}

/** A day on this machine's clock, such as 2026-11-22. */
function dayText(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
