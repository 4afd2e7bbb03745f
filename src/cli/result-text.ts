import { styleText } from 'node:util';
import type { TriageResult } from '../triage/index.ts';

const barWidth = 24;
const textWidth = 88;

/** One note's result for a terminal: level and word, a bar for each level, the rationale. */
export function describeResult(file: string, result: TriageResult): string {
  const widest = Math.max(...result.probabilities.map(({ label }) => label.text.length));
  const rows = result.probabilities.map(({ label, probability }) => {
    const row = [
      label.level === null ? ' ' : String(label.level),
      label.text.padEnd(widest),
      '█'.repeat(Math.round(probability * barWidth)).padEnd(barWidth),
      `${(100 * probability).toFixed(1).padStart(5)} %`,
    ].join('  ');
    return label.id === result.label.id ? styleText('bold', `▸ ${row}`) : `  ${row}`;
  });
  const { predict, explain } = result.milliseconds;
  return [
    `${styleText('bold', file)}  ${styleText('dim', `${Math.round(predict)} + ${Math.round(explain)} ms`)}`,
    ...rows,
    ...wrap(result.rationale, textWidth).map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** Text broken at spaces into lines of at most `width` characters, where its words allow that. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
