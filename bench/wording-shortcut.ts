// Is the wording of synthetic notes a shortcut to their level? Blanks out all that a note states (findings, vital signs,
// complaint, age, duration) and tries to tell the level from the words that are left, by naive Bayes over 1- and 2-grams:
//   npm run bench -- wording-shortcut [TRAIN] [TEST] [SEED]
import { type AnnotatedExample, generateAnnotated } from '../src/dataset/synthetic/generate.ts';
import { NOTE_STYLES } from '../src/dataset/synthetic/render/styles.ts';

const [train = '20000', test = '2000', seed = '77'] = process.argv.slice(2);
const LEVELS = 5;

/** Cuts out all that is stated but the keys to keep. */
const without =
  (kept: RegExp) =>
  (annotated: AnnotatedExample): string =>
    annotated.spans
      .filter(({ key }) => !kept.test(key))
      .toSorted((a, b) => b.start - a.start)
      .reduce((text, { start, end }) => `${text.slice(0, start)} ${text.slice(end)}`, annotated.example.question);

function grams(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return [...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)];
}

class NaiveBayes {
  readonly #counts = new Map<string, Float64Array>();
  readonly #totals = new Float64Array(LEVELS);

  learn(text: string, level: number): void {
    for (const gram of grams(text)) {
      const counts = this.#counts.get(gram) ?? new Float64Array(LEVELS);
      counts[level - 1] = (counts[level - 1] ?? 0) + 1;
      this.#counts.set(gram, counts);
      this.#totals[level - 1] = (this.#totals[level - 1] ?? 0) + 1;
    }
  }

  /** The most likely level; the levels are equally frequent beforehand. */
  predict(text: string): number {
    const scores = new Float64Array(LEVELS);
    for (const gram of grams(text)) {
      const counts = this.#counts.get(gram);
      if (counts === undefined) continue;
      scores.forEach((score, level) => {
        scores[level] = score + Math.log(((counts[level] ?? 0) + 1) / ((this.#totals[level] ?? 0) + this.#counts.size));
      });
    }
    return scores.indexOf(Math.max(...scores)) + 1;
  }

  /** The grams that tell most, by how much more frequent they are in one level than over all, weighted by their count. */
  mostTelling(count: number): string[] {
    const all = this.#totals.reduce((sum, total) => sum + total, 0);
    const told = [...this.#counts].map(([gram, counts]) => {
      const sum = counts.reduce((total, value) => total + value, 0);
      const share = counts.map(
        (value, level) => value * Math.log((value + 1) / (((this.#totals[level] ?? 0) / all) * sum + 1)),
      );
      return { gram, counts, weight: share.reduce((total, value) => total + value, 0) };
    });
    return told
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, count)
      .map(({ gram, counts }) => `${gram} [${[...counts].join(' ')}]`);
  }
}

function measure(name: string, view: (annotated: AnnotatedExample) => string): void {
  const classifier = new NaiveBayes();
  const right = new Map<string, [number, number]>();
  let index = 0;
  for (const annotated of generateAnnotated({ count: Number(train) + Number(test), seed: Number(seed) })) {
    const { level = 0, style = '' } = annotated.example;
    if (index++ < Number(train)) classifier.learn(view(annotated), level);
    else {
      const tally = right.get(style) ?? [0, 0];
      if (classifier.predict(view(annotated)) === level) tally[0]++;
      tally[1]++;
      right.set(style, tally);
    }
  }
  const hits = [...right.values()].reduce((sum, [hit]) => sum + hit, 0);
  const accuracy = hits / Number(test);
  const margin = 1.96 * Math.sqrt((accuracy * (1 - accuracy)) / Number(test));
  const byStyle = NOTE_STYLES.map((style) => {
    const [hit, all] = right.get(style) ?? [0, 0];
    return `${style} ${(hit / Math.max(1, all)).toFixed(2)}`;
  });
  console.log(`${name}: ${accuracy.toFixed(3)} ± ${margin.toFixed(3)} (chance 0.200); ${byStyle.join(', ')}`);
  if (name !== 'whole notes') console.log(`  most telling: ${classifier.mostTelling(12).join('; ')}`);
}

// The history may belong to the condition behind the complaint: then it is knowledge and no shortcut.
measure('findings blanked out', without(/^(past|relative|arrival)/));
measure('findings blanked out, history kept', without(/^(past|relative|arrival|history)/));
measure('whole notes', ({ example }) => example.question);
