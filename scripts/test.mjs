// All checks and tests, or with arguments only the tests that they name (they are vitest's). The last line counts them; a
// failed check counts as one failure.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failedChecks } from './check.mjs';
import { findChromium } from './chromium.mjs';
import { fail, root, runNode, runPackage } from './processes.mjs';
import { ensureSystemPackages } from './system-packages.mjs';
import { ensureWorkbench } from './workbench-install.mjs';

const options = process.argv.slice(2);
const checksFailed = options.length === 0 ? await failedChecks() : [];
const untested = [...(await ensureSystemPackages()), ...(await withoutWorkbench())];
// The end-to-end tests run the bundle, as a user does.
if ((await runNode([join(root, 'scripts', 'build.mjs')])) !== 0) fail('The bundle cannot be built; mend that first.');

const folder = mkdtempSync(join(tmpdir(), 'reason2decide-test-'));
const reportPath = join(folder, 'vitest.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
const code = await runPackage('vitest', 'vitest', ['run', ...reporters, ...options]);
const tests = countTests(existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : undefined);
rmSync(folder, { recursive: true });

if (tests.skipped > 0) tellSkipped();
// Vitest can also fail for a reason that no test carries, such as an error after the last one.
const testsFailed = code === 0 ? tests.failed : Math.max(1, tests.failed);
console.log(`${tests.passed} passed, ${testsFailed + checksFailed.length} failed`);
process.exitCode = code === 0 && checksFailed.length === 0 ? 0 : 1;

/** Installs the workbench for the tests in it, and gives why they cannot run where that fails. */
async function withoutWorkbench() {
  const named = options.filter((option) => !option.startsWith('-'));
  const isWanted = named.length === 0 || named.some((name) => name.includes('e2e') || name.includes('workbench'));
  if (!isWanted || findChromium() === undefined) return [];
  if (process.platform !== 'linux') return ['The extension in the whole editor: its tests drive it on Linux alone.'];
  try {
    await ensureWorkbench();
    return [];
  } catch (error) {
    return [`The extension in the whole editor: ${error.message}`];
  }
}

function tellSkipped() {
  const line = '!'.repeat(100);
  // Where a whole kind of test is missing, its reason says more than a list of names.
  const what = untested.length > 0 ? untested : tests.skippedNames;
  console.log([line, `${tests.skipped} TESTS WERE SKIPPED. Not tested on this machine:`, ...what, line].join('\n'));
}

function countTests(report) {
  if (report === undefined) return { passed: 0, failed: 0, skipped: 0, skippedNames: [] };
  // A file that cannot be loaded fails without a test of its own.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests,
    skippedNames: report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === 'skipped').map(({ fullName }) => fullName),
    ),
  };
}
