// Another window: puts so many predictions into the cache, and says so when it has begun.
import { PredictionCache, predictionId } from '../../../../src/extension/predictions/index.ts';

const [file = '', fingerprint = '', count = '0'] = process.argv.slice(2);
const log: string[] = [];
const cache = PredictionCache.open(file, (line) => log.push(line));
for (let i = 0; i < Number(count); i++) {
  const noteHash = `${process.pid}-${i}`;
  cache.put({
    id: predictionId(noteHash, fingerprint),
    noteHash,
    modelFingerprint: fingerprint,
    labelId: 'urgent',
    labelText: 'urgent',
    level: 3,
    probabilities: { urgent: 1 },
    expectedLevel: 3,
    truncated: false,
    rationale: 'HR 118.',
    predictedAt: new Date().toISOString(),
  });
  if (i === 0) process.stdout.write('begun\n');
}
cache.close();
process.stdout.write(`${log.length} complaints\n`);
