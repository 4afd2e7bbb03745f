import type { Gradients, Weights, WeightTensor } from '../t5/index.ts';
import { gradientOf, type Optimizer, type OptimizerState, slot, sumOfSquares } from './optimizer.ts';

/** Squared gradients are never taken below this. */
const smallestSquare = 1e-30;
/** Parameters never count as smaller than this when the step is scaled by their size. */
const smallestScale = 1e-3;
/** How fast the average of squares forgets: 1 − step^decay (Shazeer and Stern 2018, §7.2). */
const decay = -0.8;

/**
 * Adafactor (Shazeer and Stern 2018) with factored second moments, updates clipped to a root mean square of 1, and steps
 * scaled by the root mean square of the parameter itself, as transformers' Adafactor computes it with
 * `scale_parameter=True, relative_step=False`. That scaling is what lets a T5 be trained from nothing.
 */
export class Adafactor implements Optimizer {
  steps = 0;
  state: OptimizerState = new Map();

  restore(steps: number, state: OptimizerState): void {
    this.steps = steps;
    this.state = state;
  }

  update(weights: Weights, gradients: Gradients, learningRate: number): void {
    this.steps++;
    const keep = 1 - this.steps ** decay;
    for (const [name, weight] of weights) {
      const gradient = gradientOf(gradients, name);
      const scale = Math.max(smallestScale, rootMeanSquare(weight.data));
      // The update takes the gradient's place: nothing else needs it any more.
      const update = gradient;
      if (weight.shape.length === 2) this.#scaleFactored(name, weight, update, keep);
      else this.#scaleFull(name, update, keep);
      const step = (learningRate * scale) / Math.max(1, rootMeanSquare(update));
      const { data } = weight;
      for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) - step * (update[i] as number);
    }
  }

  /** Divides a matrix's gradient by the root of its second moments, kept as row and column averages alone. */
  #scaleFactored(name: string, { shape, data }: WeightTensor, update: Float32Array, keep: number): void {
    const [rows, columns] = [shape[0] as number, shape[1] as number];
    const rowMeans = slot(this.state, `${name}.rows`, rows);
    const columnMeans = slot(this.state, `${name}.columns`, columns);
    const columnSums = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      let rowSum = 0;
      for (let column = 0; column < columns; column++) {
        const g = update[row * columns + column] as number;
        const square = g * g + smallestSquare;
        rowSum += square;
        columnSums[column] = (columnSums[column] as number) + square;
      }
      rowMeans[row] = keep * (rowMeans[row] as number) + (1 - keep) * (rowSum / columns);
    }
    for (let column = 0; column < columns; column++) {
      const mean = (columnSums[column] as number) / rows;
      columnMeans[column] = keep * (columnMeans[column] as number) + (1 - keep) * mean;
    }
    const meanOfRows = rowMeans.reduce((sum, value) => sum + value, 0) / rows;
    const columnScale = Float64Array.from(columnMeans, (value) => 1 / Math.sqrt(value));
    for (let row = 0; row < rows; row++) {
      const rowScale = 1 / Math.sqrt((rowMeans[row] as number) / meanOfRows);
      for (let i = row * columns, column = 0; column < columns; i++, column++) {
        update[i] = (update[i] as number) * rowScale * (columnScale[column] as number);
      }
    }
    if (update.length !== data.length) throw new RangeError(`the gradient of ${name} has another size`);
  }

  #scaleFull(name: string, update: Float32Array, keep: number): void {
    const squares = slot(this.state, `${name}.square`, update.length);
    for (let i = 0; i < update.length; i++) {
      const g = update[i] as number;
      const s = keep * (squares[i] as number) + (1 - keep) * (g * g + smallestSquare);
      squares[i] = s;
      update[i] = g / Math.sqrt(s);
    }
  }
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(sumOfSquares(values) / values.length);
}
