import { existsSync, readFileSync } from 'node:fs';

/** How many tests passed, failed and were skipped. A failure that no test owns still counts as one. */
const none = Object.freeze({ passed: 0, failed: 0, skipped: 0 });
export const onePassed = Object.freeze({ ...none, passed: 1 });
export const oneFailed = Object.freeze({ ...none, failed: 1 });
export const oneSkipped = Object.freeze({ ...none, skipped: 1 });

export function sum(tallies) {
  return tallies.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    none,
  );
}

/** The last line of every run. */
export function totalLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Files that could not even be loaded report no test; each counts as one failure. */
export function fromVitest(report) {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** `flaky` passed in the end, on a second try that the configuration does not allow; it is counted so that sums agree. */
export function fromPlaywright({ stats, errors = [] }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * Reads a runner's report. One that died without a report, or that failed although all its tests passed (an error
 * outside of any test), adds a failure, so that a run can't end in `0 failed` and exit code 1. One that found no test
 * is a failure too: a suite that was moved or renamed must not go unnoticed.
 */
export function tallyRun(reportFile, read, exitCode) {
  if (!existsSync(reportFile)) return oneFailed;
  const tally = read(JSON.parse(readFileSync(reportFile, 'utf8')));
  const foundNothing = tally.passed + tally.failed + tally.skipped === 0;
  return (exitCode !== 0 || foundNothing) && tally.failed === 0 ? sum([tally, oneFailed]) : tally;
}
