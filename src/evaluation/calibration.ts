/** What a model said of one example: how likely each label is, and which one was right. */
export interface Judged {
  /** One probability per label; they sum to 1. */
  readonly probabilities: readonly number[];
  /** The index of the gold label. */
  readonly gold: number;
}

/** One bin of a reliability diagram: the predictions whose confidence lies above `low` and at most at `high`. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean confidence in the predicted label; null in an empty bin. */
  readonly confidence: number | null;
  /** Share of the predicted labels that are right; null in an empty bin. */
  readonly accuracy: number | null;
}

/** Sums over the examples of a bin: how many, their confidences, and how many are right. */
export interface BinSums {
  readonly count: number;
  readonly confidence: number;
  readonly right: number;
}

/** Ten equal bins, as Guo et al. (2017) have them. */
export const confidenceBins = 10;

/** The bin of a confidence from 0 to 1; a bin holds its upper edge. */
export function binOf(confidence: number): number {
  for (let bin = 0; bin < confidenceBins; bin++) {
    if (confidence <= (bin + 1) / confidenceBins) return bin;
  }
  // A softmax may round to a hair above 1.
  return confidenceBins - 1;
}

/** The bins of a reliability diagram, in order, from the sums of each. */
export function reliabilityBins(sums: readonly BinSums[]): ReliabilityBin[] {
  return sums.map(({ count, confidence, right }, bin) => ({
    low: bin / confidenceBins,
    high: (bin + 1) / confidenceBins,
    count,
    confidence: count === 0 ? null : confidence / count,
    accuracy: count === 0 ? null : right / count,
  }));
}

/**
 * The expected calibration error (Guo et al. 2017, arXiv 1706.04599): over the bins of confidence, the mean distance between
 * confidence and accuracy, each bin weighed by its examples. 0 is honest, 1 is as wrong as sure.
 */
export function calibrationErrorOf(sums: readonly BinSums[]): number {
  const total = sums.reduce((sum, { count }) => sum + count, 0);
  return sums.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) / total;
}

/** The expected calibration error of the predicted label, the most probable one; at least one example. */
export function expectedCalibrationError(judged: readonly Judged[]): number {
  const sums = Array.from({ length: confidenceBins }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { probabilities, gold } of judged) {
    const confidence = Math.max(...probabilities);
    const bin = sums[binOf(confidence)];
    if (bin === undefined) throw new RangeError('a probability must lie between 0 and 1');
    bin.count++;
    bin.confidence += confidence;
    if (probabilities[gold] === confidence) bin.right++;
  }
  return calibrationErrorOf(sums);
}

/** The mean negative log-probability of the gold labels, at a temperature. */
export function negativeLogLikelihood(judged: readonly Judged[], temperature = 1): number {
  const losses = judged.map(({ probabilities, gold }) => {
    const scores = probabilities.map(
      (probability) => Math.log(Math.max(probability, smallestProbability)) / temperature,
    );
    const highest = Math.max(...scores);
    const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
    return highest + Math.log(total) - (scores[gold] ?? Number.NEGATIVE_INFINITY);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / judged.length;
}

const smallestProbability = 1e-12;
const coldest = 0.25;
const hottest = 16;
const narrowEnough = 1e-4;

/**
 * The temperature by which the log-probabilities are divided so that the gold labels become most likely (Guo et al. 2017): above
 * 1 for a model that is too sure. Found by golden-section search on the logarithm of the temperature, of which the loss has one
 * minimum.
 */
export function fitTemperature(judged: readonly Judged[]): number {
  const shrink = (Math.sqrt(5) - 1) / 2;
  const loss = (logarithm: number) => negativeLogLikelihood(judged, Math.exp(logarithm));
  let low = Math.log(coldest);
  let high = Math.log(hottest);
  while (high - low > narrowEnough) {
    const step = (high - low) * shrink;
    if (loss(high - step) <= loss(low + step)) high = low + step;
    else low = high - step;
  }
  return Math.exp((low + high) / 2);
}
