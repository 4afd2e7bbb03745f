/**
 * Measures on ordered acuity levels, 1 most urgent. Each is null where the label set has no levels, or where the data
 * leaves it undefined.
 */
export interface Acuity {
  /** Share of all examples that were predicted less urgent than gold (a higher level number): the error that harms. */
  readonly underTriage: number | null;
  /** Share of all examples that were predicted more urgent than gold. */
  readonly overTriage: number | null;
  /**
   * Cohen's kappa with quadratic weights (Cohen 1968, doi 10.1037/h0026256):
   * 1 − Σ (i−j)²·O[i][j] / Σ (i−j)²·E[i][j] over the levels i of gold and j of the prediction, where O are the counts
   * observed and E those expected from the margins alone. Null when gold and predictions are all one and the same level.
   */
  readonly quadraticKappa: number | null;
  /** Of the examples whose gold level is 1 or 2, the share that was predicted as level 1 or 2. Null when there is none. */
  readonly urgentRecall: number | null;
}

const leastUrgentEmergency = 2;

/**
 * @param levels the level of each label, null where a label has none.
 * @param counts confusion counts, gold by predicted, in the order of `levels`; at least one example.
 */
export function acuityMetrics(levels: readonly (number | null)[], counts: readonly (readonly number[])[]): Acuity {
  const known = levels.filter((level) => level !== null);
  if (known.length < levels.length) {
    return { underTriage: null, overTriage: null, quadraticKappa: null, urgentRecall: null };
  }
  const cells = known.flatMap((gold, row) =>
    known.map((predicted, column) => ({ gold, predicted, count: counts[row]?.[column] ?? 0 })),
  );
  const total = countWhere(cells, () => true);
  const urgent = countWhere(cells, ({ gold }) => gold <= leastUrgentEmergency);
  const urgentFound = countWhere(
    cells,
    ({ gold, predicted }) => gold <= leastUrgentEmergency && predicted <= leastUrgentEmergency,
  );
  return {
    underTriage: countWhere(cells, ({ gold, predicted }) => predicted > gold) / total,
    overTriage: countWhere(cells, ({ gold, predicted }) => predicted < gold) / total,
    quadraticKappa: quadraticKappa(cells, total),
    urgentRecall: urgent === 0 ? null : urgentFound / urgent,
  };
}

interface Cell {
  readonly gold: number;
  readonly predicted: number;
  readonly count: number;
}

function countWhere(cells: readonly Cell[], holds: (cell: Cell) => boolean): number {
  return cells.reduce((total, cell) => total + (holds(cell) ? cell.count : 0), 0);
}

function quadraticKappa(cells: readonly Cell[], total: number): number | null {
  const golds = new Map<number, number>();
  const predictions = new Map<number, number>();
  for (const { gold, predicted, count } of cells) {
    golds.set(gold, (golds.get(gold) ?? 0) + count);
    predictions.set(predicted, (predictions.get(predicted) ?? 0) + count);
  }
  let observed = 0;
  for (const { gold, predicted, count } of cells) observed += (gold - predicted) ** 2 * count;
  let expected = 0;
  for (const [gold, goldMargin] of golds) {
    for (const [predicted, predictedMargin] of predictions) {
      expected += ((gold - predicted) ** 2 * goldMargin * predictedMargin) / total;
    }
  }
  return expected === 0 ? null : 1 - observed / expected;
}
