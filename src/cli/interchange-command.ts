import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { UserError } from '../common/index.ts';
import { CorrectionsStore, DECISION_ACTIONS, type DecidedLabel } from '../corrections/index.ts';
import {
  type DecisionChoice,
  exportAnnotations,
  exportReference,
  type FieldNames,
  type ImportReport,
  INTERCHANGE_FORMATS,
  type InterchangeFormatName,
  importAnnotations,
} from '../interchange/index.ts';
import { readManifest } from '../triage/index.ts';
import { readArguments, required } from './arguments.ts';
import { modelInUse } from './default-model.ts';
import { ProgressLine } from './progress.ts';

const toolNames = INTERCHANGE_FORMATS.join('|');
const exportUsage =
  `interchange export FOLDER|FILE --format ${toolNames}|reference --out FILE [--validation FILE] [--states A,B] ` +
  '[--reviewers A,B] [--people NAME=ID,…] [--deidentify] [--model DIR]';
const importUsage =
  `interchange import FOLDER|FILE --format ${toolNames} --from FILE [--reviewer NAME] [--people NAME=ID,…] ` +
  '[--labels THEIRS=OURS,…] [--text-field NAME] [--label-field NAME] [--rationale-field NAME] [--comment-field NAME] [--model DIR]';
export const interchangeUsages = [exportUsage, importUsage];

/** Takes decisions to the annotation tools that a lab has, and back. */
export async function interchangeCommand(argv: readonly string[]): Promise<boolean> {
  const [action, ...rest] = argv;
  switch (action) {
    case 'export':
      return exportDecisions(rest);
    case 'import':
      return importDecisions(rest);
    default:
      throw new UserError(`Say which way the decisions go; use: ${interchangeUsages.join('  or  ')}`);
  }
}

async function exportDecisions(argv: readonly string[]): Promise<boolean> {
  const names = {
    values: ['format', 'out', 'validation', 'states', 'reviewers', 'people', 'model'],
    flags: ['deidentify'],
  } as const;
  const { values, flags, positionals } = readArguments(argv, names, exportUsage);
  const database = databaseFile(positionals, exportUsage);
  const out = required(values.out, 'out', exportUsage);
  const format = required(values.format, 'format', exportUsage);
  const choice: DecisionChoice = {
    deidentify: flags.deidentify,
    ...(values.states === undefined ? {} : { states: listOf(values.states).map(stateNamed) }),
    ...(values.reviewers === undefined ? {} : { reviewers: listOf(values.reviewers) }),
  };
  const store = CorrectionsStore.open(database, { readOnly: true });
  const line = new ProgressLine();
  try {
    if (format === 'reference') await exportToReference(store, out, values.validation, choice);
    else {
      const report = await exportAnnotations(store, out, {
        ...choice,
        format: formatNamed(format),
        labels: await labelsOf(values.model),
        people: pairsOf(values.people, 'people'),
        onProgress: (written) => line.show(`${written} decisions`),
      });
      line.clear();
      const { notAskedFor, withoutLabel } = report.leftOut;
      console.error(`Wrote ${report.written} decisions to ${out}${leftOutText({ notAskedFor, withoutLabel })}.`);
      if (report.statement !== null) console.error(report.statement);
    }
  } finally {
    line.clear();
    store.close();
  }
  return true;
}

async function exportToReference(
  store: CorrectionsStore,
  out: string,
  validation: string | undefined,
  choice: DecisionChoice,
): Promise<void> {
  const beside = `${out.slice(0, out.length - extname(out).length)}.validation${extname(out)}`;
  const report = await exportReference(store, out, validation ?? beside, choice);
  console.error(
    `Wrote ${report.training.written} decisions to ${report.training.file} and ${report.validation.written} to ` +
      `${report.validation.file}${leftOutText(report.leftOut)}.`,
  );
  if (report.statement !== null) console.error(report.statement);
}

async function importDecisions(argv: readonly string[]): Promise<boolean> {
  const names = {
    values: [
      'format',
      'from',
      'reviewer',
      'people',
      'labels',
      'text-field',
      'label-field',
      'rationale-field',
      'comment-field',
      'model',
    ],
    flags: [],
  } as const;
  const { values, positionals } = readArguments(argv, names, importUsage);
  const fields: FieldNames = {
    ...(values['text-field'] === undefined ? {} : { text: values['text-field'] }),
    ...(values['label-field'] === undefined ? {} : { label: values['label-field'] }),
    ...(values['rationale-field'] === undefined ? {} : { rationale: values['rationale-field'] }),
    ...(values['comment-field'] === undefined ? {} : { comment: values['comment-field'] }),
  };
  const line = new ProgressLine();
  try {
    const report = await importAnnotations(
      databaseFile(positionals, importUsage),
      required(values.from, 'from', importUsage),
      {
        format: formatNamed(required(values.format, 'format', importUsage)),
        labels: await labelsOf(values.model),
        labelNames: pairsOf(values.labels, 'labels'),
        people: reversed(pairsOf(values.people, 'people')),
        fields,
        onProgress: (done, of) => line.show(`${done} of ${of} annotations`),
        ...(values.reviewer === undefined ? {} : { reviewer: values.reviewer }),
      },
    );
    line.clear();
    console.error(describeImport(report));
  } finally {
    line.clear();
  }
  return true;
}

/** The database itself, or the one that the editor keeps in a workspace's folder. */
function databaseFile(positionals: readonly string[], usage: string): string {
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) {
    throw new UserError(`Name one workspace folder or database of decisions; use: ${usage}`);
  }
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(path, '.reason2decide', 'corrections.db') : path;
}

async function labelsOf(model: string | undefined): Promise<DecidedLabel[]> {
  const { labels } = await readManifest(model ?? (await modelInUse()));
  return labels.map(({ id, text, level }) => ({ id, text, level }));
}

function formatNamed(name: string): InterchangeFormatName {
  const format = INTERCHANGE_FORMATS.find((known) => known === name);
  if (format === undefined) {
    throw new UserError(`--format: there is no "${name}"; use one of ${INTERCHANGE_FORMATS.join(', ')}.`);
  }
  return format;
}

function stateNamed(name: string) {
  const state = DECISION_ACTIONS.find((action) => action === name && action !== 'undone');
  if (state === undefined) {
    throw new UserError(`--states: there is no "${name}"; use some of accepted, corrected, rejected, flagged.`);
  }
  return state;
}

const listOf = (text: string) => text.split(',').map((part) => part.trim());

/** Pairs such as `A=1,B=2`. */
function pairsOf(text: string | undefined, option: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const part of text === undefined ? [] : listOf(text)) {
    const at = part.lastIndexOf('=');
    const [name, value] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    if (at < 1 || name === '' || value === '') {
      throw new UserError(`--${option}: "${part}" is no pair; write pairs as A=B, with a comma between them.`);
    }
    pairs.set(name, value);
  }
  return pairs;
}

const reversed = (pairs: ReadonlyMap<string, string>) => new Map([...pairs].map(([name, value]) => [value, name]));

function leftOutText(leftOut: { notAskedFor: number; withoutLabel: number; withoutRationale?: number }): string {
  const parts = [
    [leftOut.notAskedFor, 'not asked for'],
    [leftOut.withoutLabel, 'without a label'],
    [leftOut.withoutRationale ?? 0, 'without a rationale'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return told.length === 0 ? '' : `; left out ${told.join(', ')}`;
}

function describeImport({ file, added, alreadyThere, skipped }: ImportReport): string {
  return [
    `Added ${added} decisions from ${file}; ${alreadyThere} were there already.`,
    ...skipped.map(({ why, count, where }) => {
      const more = count > where.length ? ', …' : '';
      return `Skipped ${count} (${where.join(', ')}${more}): ${why}.`;
    }),
  ].join('\n');
}
