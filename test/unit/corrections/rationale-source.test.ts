import { describe, expect, it } from 'vitest';
import { rationaleSource } from '../../../src/corrections/rationale-source.ts';

const model =
  'SpO2 91% is low: emergent. HR 118 is fast: urgent. Temperature 36.1 is normal. Deciding: breathing, so emergent.';

describe('the source of a rationale', () => {
  it.each([null, '', ' \n'])('is none where there is none: %j', (text) => {
    expect(rationaleSource(text, [model])).toBeNull();
  });

  it.each([
    ['the very text', model],
    ['other white space', ` ${model.replaceAll('. ', '.\n')}  `],
  ])('is the model, accepted by the nurse, for %s', (_, text) => {
    expect(rationaleSource(text, [model])).toBe('nurse-accepted');
  });

  it.each([
    ['one word changed', model.replace('low', 'very low')],
    ['other case', model.toLowerCase()],
    ['cut down to one sentence', 'HR 118 is fast: urgent.'],
    [
      'kept whole and made three times as long',
      `${model} ${'The daughter says that she has not eaten for a week. '.repeat(6)}`,
    ],
    [
      'sentences in another order',
      model
        .split(/(?<=\.) /)
        .reverse()
        .join(' '),
    ],
    ['half of it replaced', `${model.slice(0, 60)} She looks tired and pale, and needs a bed soon.`],
  ])('is an edit for %s', (_, text) => {
    expect(rationaleSource(text, [model])).toBe('nurse-post-processed');
  });

  it.each([
    ['other words', 'Looks unwell, sweaty, family worried; needs a monitored bed now.'],
    [
      'the same findings in her own words',
      'Low saturation of 91% with a pulse of 118 at rest; breathing decides, I make her emergent.',
    ],
    ['two words that the model used too', 'HR 118.'],
    [
      'a long text that shares three words in a row',
      'I saw him myself: HR 118 is not what worries me, but he cannot finish a sentence and tires while I look at him.',
    ],
  ])('is the nurse for %s', (_, text) => {
    expect(rationaleSource(text, [model])).toBe('nurse');
  });

  it('is the nurse where the model wrote nothing', () => {
    expect(rationaleSource(model, ['', null])).toBe('nurse');
  });

  it('knows the text that the model wrote for the label the nurse chose', () => {
    const offered = 'HR 118 is fast: urgent. Nothing worse was found, so urgent.';
    expect(rationaleSource(offered, [model, offered])).toBe('nurse-accepted');
    expect(rationaleSource(`${offered} Seen again at noon.`, ['Something else.', offered])).toBe(
      'nurse-post-processed',
    );
  });

  it('answers soon for texts as long as a book', () => {
    const words = (seed: number) => Array.from({ length: 200_000 }, (_, i) => `w${(i * seed) % 99_991}`).join(' ');
    const [own, given] = [words(7), words(13)];
    const started = process.cpuUsage();
    expect(rationaleSource(own, [given])).toBe('nurse');
    // Quadratic work would take minutes.
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5);
  });
});
