/**
 * Tries the rule engine on a real hospital: each record's complaint is matched to the knowledge by its wording, and the
 * level is decided from complaint, vital signs, mental state, pain, age, sex and injury alone.
 *
 *     node bench/rules-on-ktas.ts [FILE] [all | even | odd] [--records]
 *
 * `even` and `odd` keep the records of even or odd rows: the knowledge is mended on the even half only. `--records` lists
 * the disagreements of the even half one by one.
 */
import { ACUITY_LABELS, levelText, readKtas } from '../src/dataset/index.ts';
import { assessAcuity } from '../src/dataset/synthetic/acuity/acuity.ts';
import { COMPLAINTS } from '../src/dataset/synthetic/conditions/index.ts';
import { classificationMetrics } from '../src/evaluation/index.ts';
import { ComplaintMatcher } from './ktas/match-complaint.ts';
import { type RecordFacts, recordFacts } from './ktas/record-facts.ts';

const file = process.argv.slice(2).find((word) => word.endsWith('.csv')) ?? '../shared/data/ktas/ktas-hospital-1.csv';
const half = process.argv.slice(2).find((word) => /^(all|even|odd)$/.test(word)) ?? 'all';
const listRecords = process.argv.includes('--records') && half === 'even';

/** Pain without a score is taken for mild: whoever cannot give one is judged by everything else. */
const UNSCORED_PAIN = 3;

const UNCLEAR = COMPLAINTS.find(({ id }) => id === 'unclear');
if (UNCLEAR === undefined) throw new Error('the knowledge has no complaint for what nobody can place');
const unclear = UNCLEAR;
const matcher = new ComplaintMatcher(COMPLAINTS.filter((complaint) => complaint !== unclear));

function judge(record: RecordFacts) {
  const who = { years: record.years ?? 40, sex: record.sex, injury: record.injury };
  const complaint = matcher.match(record.complaint, who)?.complaint ?? unclear;
  const score = record.pain === 'some' ? UNSCORED_PAIN : record.pain;
  const assessment = assessAcuity({
    complaint,
    ...(record.years === undefined ? {} : { ageYears: record.years }),
    vitals: record.vitals,
    signs: [],
    ...(score === undefined ? {} : { pain: { score, chronic: false } }),
  });
  return { complaint, assessment };
}

const gold: string[] = [];
const predicted: string[] = [];
const classes = new Map<string, number>();
let unmatched = 0;
for await (const example of readKtas(file)) {
  const row = Number(example.id?.split('-').at(-1));
  if ((half === 'even' && row % 2 === 1) || (half === 'odd' && row % 2 === 0)) continue;
  const { complaint, assessment } = judge(recordFacts(example.question));
  if (complaint === unclear) unmatched++;
  gold.push(example.label);
  predicted.push(levelText(assessment.level));
  if (example.level !== assessment.level) {
    const name = `${complaint.id.padEnd(26)} gold ${example.level} predicted ${assessment.level}`;
    classes.set(name, (classes.get(name) ?? 0) + 1);
    if (listRecords) {
      const deciders = assessment.deciding.map(({ evidence, judgement }) => `${evidence[0]}: ${judgement}`);
      console.log(`${name}  ${example.question}  [${deciders.join('; ')}]`);
    }
  }
}

const metrics = classificationMetrics(ACUITY_LABELS, gold, predicted);
const percent = (value: number | null) => (value === null ? 'undefined' : `${(100 * value).toFixed(1)} %`);
console.log(`${gold.length} records (${half}), ${unmatched} of them with a complaint that the knowledge does not know`);
console.log(`accuracy ${metrics.accuracy.toFixed(3)}, macro-F1 ${metrics.macroF1.toFixed(3)}`);
console.log(`quadratic kappa ${metrics.quadraticKappa?.toFixed(3) ?? 'undefined'}`);
console.log(`under-triage ${percent(metrics.underTriage)}, over-triage ${percent(metrics.overTriage)}`);
console.log(`recall of levels 1-2 ${metrics.urgentRecall?.toFixed(3) ?? 'undefined'}`);
console.log('gold by predicted:');
for (const [index, row] of metrics.confusion.counts.entries()) console.log(`  ${index + 1}: ${row.join(' ')}`);
// The classes of the half that nobody mends by stay unread.
if (half !== 'odd') {
  const sorted = [...classes].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  console.log('disagreements, complaint group by gold by predicted:');
  for (const [name, count] of sorted) console.log(`  ${String(count).padStart(3)}  ${name}`);
}
