import type { Random } from '../common/index.ts';

/**
 * Fills a mask that drops elements with the given probability and scales those kept by 1 / (1 − rate), so that sums keep
 * their expectation. One 32-bit draw serves four elements, which rounds the rate to a multiple of 1/256.
 *
 * @param random left out, nothing is dropped.
 */
export function fillDropoutMask(mask: Float32Array, rate: number, random: Random | undefined): void {
  const threshold = random === undefined ? 0 : Math.round(rate * 256);
  const kept = 256 / (256 - threshold);
  if (random === undefined || threshold === 0) {
    mask.fill(1);
    return;
  }
  let bits = 0;
  for (let i = 0; i < mask.length; i++) {
    bits = i % 4 === 0 ? random.uint32() : bits >>> 8;
    mask[i] = (bits & 0xff) < threshold ? 0 : kept;
  }
}
