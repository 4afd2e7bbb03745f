import { expect, test } from 'vitest';
import { fillPrompt, reason2DecidePrompts } from '../../../src/triage/index.ts';

test('the prompts are the method’s, letter by letter', () => {
  expect(fillPrompt(reason2DecidePrompts.rationale, 'Chest pain.')).toBe('explain: Chest pain.');
  expect(fillPrompt(reason2DecidePrompts.predict, 'Chest pain.')).toBe('predict: Chest pain.');
  expect(fillPrompt(reason2DecidePrompts.explain, 'Chest pain.', 'less urgent')).toBe(
    'given label: less urgent, explain: Chest pain.',
  );
});

test('what looks like a place to fill stays as the note has it', () => {
  for (const note of ['$&', "$'$`$1$$", '{label}', '{note}{note}', '</s>', '🚑\n']) {
    expect(fillPrompt(reason2DecidePrompts.explain, note, 'urgent')).toBe(`given label: urgent, explain: ${note}`);
    expect(fillPrompt(reason2DecidePrompts.explain, 'Cough.', note)).toBe(`given label: ${note}, explain: Cough.`);
  }
});
