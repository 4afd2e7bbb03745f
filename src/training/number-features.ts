import type { WeightTensor } from '../t5/index.ts';

/** Wavelengths run from a few units to beyond the largest vital sign, evenly in their logarithm. */
const shortestWavelength = 4;
const longestWavelength = 1000;

/**
 * Starts the embeddings of number tokens so that near numbers lie near each other: the first half of each row becomes
 * Fourier features of the value (sine and cosine at several wavelengths), the rest stays as drawn. Thresholds of vital
 * signs are learnt from fewer notes this way.
 *
 * @param values the number that each token id stands for.
 */
export function startNumberEmbeddings(embedding: WeightTensor, values: ReadonlyMap<number, number>): void {
  const width = embedding.shape[1] ?? 0;
  const pairs = Math.floor(width / 4);
  for (const [id, value] of values) {
    for (let pair = 0; pair < pairs; pair++) {
      const position = pairs === 1 ? 0 : pair / (pairs - 1);
      const wavelength = shortestWavelength * (longestWavelength / shortestWavelength) ** position;
      const angle = (2 * Math.PI * value) / wavelength;
      // √2 gives each pair the unit variance of the drawn elements.
      embedding.data[id * width + 2 * pair] = Math.SQRT2 * Math.sin(angle);
      embedding.data[id * width + 2 * pair + 1] = Math.SQRT2 * Math.cos(angle);
    }
  }
}
