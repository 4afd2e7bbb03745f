/** Two-sided p-values of McNemar's test. */
export interface McNemar {
  /** The exact conditional test: conservative. */
  readonly exact: number;
  /** The mid-p test, which Fagerland, Lydersen and Laake (2013, doi 10.1186/1471-2288-13-91) recommend. */
  readonly mid: number;
}

/**
 * McNemar's test (1947, doi 10.1007/BF02295996) of two models on the same examples: whether those that only the one gets right
 * are as many as those that only the other does. Both p-values are 1 where the models never differ.
 */
export function mcnemar(onlyFirstRight: number, onlySecondRight: number): McNemar {
  const differing = onlyFirstRight + onlySecondRight;
  const fewer = Math.min(onlyFirstRight, onlySecondRight);
  if (differing === 0) return { exact: 1, mid: 1 };
  // Binomial probabilities at one half, by logarithms: 2^-differing itself may be too small for a number.
  let logarithm = -differing * Math.LN2;
  let tail = 0;
  let point = 0;
  for (let count = 0; count <= fewer; count++) {
    point = Math.exp(logarithm);
    tail += point;
    logarithm += Math.log((differing - count) / (count + 1));
  }
  return { exact: Math.min(1, 2 * tail), mid: Math.min(1, 2 * tail - point) };
}
