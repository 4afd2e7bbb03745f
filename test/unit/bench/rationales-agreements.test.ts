import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agreementsOf } from '../../../bench/rationales/agreements.ts';
import { editDistance } from '../../../bench/rationales/edit-distance.ts';
import { withoutLevelWords } from '../../../bench/rationales/level-words.ts';
import { shareOf } from '../../../bench/rationales/measures.ts';
import { numbersInWords } from '../../../bench/rationales/number-words.ts';
import { numberInWords } from '../../../src/dataset/synthetic/render/number-words.ts';

describe('the level words', () => {
  it('are cut out wherever they stand, and nothing else is', () => {
    expect(withoutLevelWords('RR 28: very fast, emergent. So not resuscitation; without it less urgent.')).toBe(
      'RR 28: very fast, . So not ; without it .',
    );
    expect(withoutLevelWords('Nothing more urgent stated, so non-urgent.')).toBe('Nothing more stated, so .');
    expect(withoutLevelWords('An emergency, urgently')).toBe('An emergency, urgently');
  });
});

describe('the labels predicted from rationales', () => {
  const labels = { predicted: 'urgent', label: 'emergent', rationale: 'Fast: urgent.', gold: 'Very fast: emergent.' };
  const named = async (text: string) => /emergent|urgent/.exec(text)?.[0];

  it('are compared with the label of the note and with the gold one', async () => {
    expect(await agreementsOf(labels, named)).toMatchObject({
      accuracy: false,
      consistency: true,
      sufficiency: false,
      goldRobustness: true,
    });
  });

  it('show a model that reads nothing but the level words', async () => {
    expect(await agreementsOf(labels, named)).toMatchObject({
      consistencyWithoutLevels: false,
      sufficiencyWithoutLevels: false,
      goldRobustnessWithoutLevels: false,
    });
  });
});

describe('numbers in words', () => {
  it('are read back as they were written', () => {
    for (const shown of ['0', '7', '16', '20', '92', '100', '118', '240', '38.6', '101.5']) {
      expect(numbersInWords(`about ${numberInWords(shown)} now`), shown).toEqual([shown]);
    }
  });

  it('are read where one letter is wrong, but no other word is', () => {
    expect(numbersInWords('eihgty over sevnty-five')).toEqual(['80', '75']);
    expect(numbersInWords('a point of the night, even often')).toEqual([]);
  });
});

describe('the share', () => {
  it('is of all that was counted, not a mean of shares', () => {
    const share = shareOf([
      { part: 1, whole: 1 },
      { part: 0, whole: 3 },
    ]);
    expect(share).toMatchObject({ value: 0.25, whole: 4 });
    expect(share.interval).toMatchObject({ low: 0, high: 1 });
  });

  it('is nothing where nothing was counted', () => {
    expect(shareOf([{ part: 0, whole: 0 }])).toEqual({ value: null, interval: null, whole: 0 });
  });
});

describe('the edit distance', () => {
  it('counts a swap of neighbours as one change', () => {
    expect(editDistance('pedestrain', 'pedestrian')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('bleding', 'bleeding')).toBe(1);
    expect(editDistance('left', 'right')).toBe(4);
  });
});

describe('the command', () => {
  it('refuses the seed of the training in one line', () => {
    const { status, stderr } = bench('--seed', '1');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^--seed 1 gives notes of the training; use another than [\d, ]+\.\n$/);
  });

  it('judges what the shipped model writes', () => {
    const { status, stdout } = bench('--count', '3', '--faults', '1');
    expect(status).toBe(0);
    for (const title of ['findings named that stand in the note', 'deciding findings that are named', 'level words']) {
      expect(stdout).toContain(title);
    }
    // The rules' own rationales beside: all that they name stands.
    expect(stdout).toMatch(/findings named that stand in the note .* 1\.000 \(1\.000-1\.000\) \d+\n/);
  });
});

function bench(...options: string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, '../../../bench/rationales.ts'), ...options], {
    encoding: 'utf8',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
}
