/**
 * How does a model do in a hospital where it has never been? Asks the model of synthetic notes alone about all records of KTAS
 * hospital 1:
 *
 *     npm run bench -- ktas-unseen [FILE] [--apply MODEL]
 *
 * The temperature that makes its probabilities honest there is printed too; `--apply` writes it into a model's reason2decide.json, where it
 * changes how sure the model says it is and no level.
 */
import { type Example, readKtas } from '../src/dataset/index.ts';
import {
  applyCalibration,
  atTemperature,
  fitAndPrintTemperature,
  judgeRecords,
  printFigures,
} from './ktas/judge-records.ts';

const MODEL = 'recipes/triage-small-synthetic';
const words = process.argv.slice(2);
const file = words.find((word) => word.endsWith('.csv')) ?? '../shared/data/ktas/ktas-hospital-1.csv';

const records: Example[] = [];
for await (const record of readKtas(file)) records.push(record);
const judged = await judgeRecords(MODEL, records);
printFigures('synthetic notes alone', judged);
const { temperature } = fitAndPrintTemperature(judged);
await applyCalibration(words, (before) => atTemperature(before, temperature));
