import { existsSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { UserError } from '../common/index.ts';
import {
  type AuditReport,
  CorrectionsStore,
  DECISION_ACTIONS,
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportReport,
  exportCorrections,
  type RecoveryReport,
} from '../corrections/index.ts';
import { readArguments, required } from './arguments.ts';
import { ProgressLine } from './progress.ts';

const exportUsage =
  `corrections export FOLDER|FILE --out FILE [--format ${EXPORT_FORMATS.join('|')}] [--states A,B] [--reviewers A,B] ` +
  '[--since DATE] [--until DATE] [--deidentify]';
const checkUsage = 'corrections check FOLDER|FILE [--json]';
const recoverUsage = 'corrections recover FOLDER|FILE';
export const correctionsUsages = [exportUsage, checkUsage, recoverUsage];

/** The exit code for a chain that is broken: nothing in the input can be mended. */
const brokenChain = 1;

/** @returns the exit code. */
export async function correctionsCommand(argv: readonly string[]): Promise<number> {
  const [action, ...rest] = argv;
  switch (action) {
    case 'export':
      return exportDecisions(rest);
    case 'check':
      return check(rest);
    case 'recover':
      return recover(rest);
    default:
      throw new UserError(`Say what to do with the corrections; use: ${correctionsUsages.join('  or  ')}`);
  }
}

async function exportDecisions(argv: readonly string[]): Promise<number> {
  const names = {
    values: ['out', 'format', 'states', 'reviewers', 'since', 'until'],
    flags: ['deidentify'],
  } as const;
  const { values, flags, positionals } = readArguments(argv, names, exportUsage);
  const file = databaseFile(positionals, exportUsage);
  const out = required(values.out, 'out', exportUsage);
  const states = values.states === undefined ? undefined : listOf(values.states).map(stateNamed);
  const line = new ProgressLine();
  const store = CorrectionsStore.open(file, { readOnly: true });
  try {
    const report = await exportCorrections(store, out, {
      format: values.format === undefined ? formatOf(out) : formatNamed(values.format),
      deidentify: flags.deidentify,
      onProgress: (written) => line.show(`${written} decisions`),
      ...(states === undefined ? {} : { states }),
      ...(values.reviewers === undefined ? {} : { reviewers: listOf(values.reviewers) }),
      ...(values.since === undefined ? {} : { since: values.since }),
      ...(values.until === undefined ? {} : { until: values.until }),
    });
    line.clear();
    console.error(describeExport(report));
  } finally {
    line.clear();
    store.close();
  }
  return 0;
}

async function check(argv: readonly string[]): Promise<number> {
  const { flags, positionals } = readArguments(argv, { values: [], flags: ['json'] }, checkUsage);
  const store = CorrectionsStore.open(databaseFile(positionals, checkUsage), { readOnly: true });
  try {
    const report = store.check();
    console.log(flags.json ? JSON.stringify(report) : describeAudit(report));
    return report.intact ? 0 : brokenChain;
  } finally {
    store.close();
  }
}

async function recover(argv: readonly string[]): Promise<number> {
  const { positionals } = readArguments(argv, { values: [], flags: [] }, recoverUsage);
  const file = databaseFile(positionals, recoverUsage);
  if (!existsSync(file) && !existsSync(`${file}-wal`)) {
    throw new UserError(`${file}: there is no such database of decisions.`);
  }
  let recovery: RecoveryReport | undefined;
  const onRecovery = (report: RecoveryReport) => {
    recovery = report;
  };
  CorrectionsStore.recover(file, { onRecovery }).close();
  console.log(recovery === undefined ? 'The file is sound; nothing was changed.' : describeRecovery(recovery));
  return 0;
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

const listOf = (text: string) => text.split(',').map((part) => part.trim());

function stateNamed(name: string) {
  const state = DECISION_ACTIONS.find((action) => action === name);
  if (state === undefined) {
    throw new UserError(`--states: there is no "${name}"; use some of accepted, corrected, rejected, flagged.`);
  }
  return state;
}

function formatNamed(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === name);
  if (format === undefined) {
    throw new UserError(`--format: there is no "${name}"; use one of ${EXPORT_FORMATS.join(', ')}.`);
  }
  return format;
}

const formatOf = (out: string): ExportFormat => (extname(out).toLowerCase() === '.csv' ? 'csv' : 'jsonl');

const plural = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function describeExport({ file, written, leftOut, deidentification }: ExportReport): string {
  const left = [
    ...(leftOut.filtered > 0 ? [`${leftOut.filtered} not asked for`] : []),
    ...(leftOut.withoutLabel > 0 ? [`${leftOut.withoutLabel} without a label`] : []),
    ...(leftOut.tooLong > 0 ? [`${leftOut.tooLong} too long to be read back`] : []),
  ];
  const lines = [
    `Wrote ${plural(written, 'decision')} to ${file}${left.length > 0 ? `; left out ${left.join(', ')}` : ''}.`,
  ];
  if (deidentification !== null) {
    const kinds = Object.entries(deidentification.replaced).filter(([, count]) => count > 0);
    const counts = kinds.map(([kind, count]) => `${kind} ${count}`).join(', ');
    lines.push(`Replaced: ${counts || 'nothing'}.`, deidentification.statement);
  }
  return lines.join('\n');
}

function describeAudit({ intact, decisions, breaks, recoveries, head }: AuditReport): string {
  return [
    `${plural(decisions, 'decision')}: the chain is ${intact ? 'intact' : 'broken'}. Its newest hash is ${head}.`,
    ...recoveries.map(
      ({ recoveredAt, setAside, recovered }) =>
        `Recovered on ${recoveredAt}: ${plural(recovered, 'decision')} from the damaged file kept as ${setAside}.`,
    ),
    ...breaks.map(
      ({ reason, toldAt }) => `${reason}${toldAt === null ? '' : ` Known since the recovery on ${toldAt}.`}`,
    ),
  ].join('\n');
}

function describeRecovery({ damagedFile, recovered, lost, unverified, endUnknown }: RecoveryReport): string {
  const ranges = lost.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`)).join(', ');
  return [
    `The damaged file is kept as ${damagedFile}; ${plural(recovered, 'decision')} recovered.`,
    ...(lost.length > 0 ? [`Could not be read: ${ranges}.`] : []),
    ...(unverified.length > 0 ? [`Read, but changed since they were saved: ${unverified.join(', ')}.`] : []),
    ...(endUnknown ? ['Whether more followed the last of them cannot be told.'] : []),
  ].join('\n');
}
