import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromPlaywright, fromVitest, oneFailed, sum, tallyRun, totalLine } from './tally.mjs';

const vitestReport = (over = {}) => ({
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...over,
});

describe('the sum of a test run', () => {
  it('adds up all runners and names skipped tests only when there are some', () => {
    const total = sum([
      { passed: 4, failed: 0, skipped: 0 },
      { passed: 10, failed: 1, skipped: 0 },
    ]);
    expect(totalLine(total)).toBe('14 passed, 1 failed');
    expect(totalLine(sum([total, { passed: 0, failed: 0, skipped: 2 }]))).toBe('14 passed, 1 failed, 2 skipped');
  });

  it('counts a test file that could not be loaded as one failure', () => {
    const report = vitestReport({ testResults: [{ status: 'failed', assertionResults: [] }] });
    expect(fromVitest(report)).toEqual({ passed: 5, failed: 1, skipped: 1 });
  });

  it('does not count a file with a failed test twice', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }];
    expect(fromVitest(vitestReport({ numFailedTests: 1, testResults })).failed).toBe(1);
  });

  it('reads the numbers and errors of a browser run', () => {
    const stats = { expected: 3, flaky: 1, unexpected: 2, skipped: 1 };
    expect(fromPlaywright({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 3, skipped: 1 });
  });

  it('never ends without a failure when the runner failed', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'tally-')), 'report.json');
    expect(tallyRun(file, fromVitest, 1)).toEqual(oneFailed);
    writeFileSync(file, JSON.stringify(vitestReport()));
    expect(tallyRun(file, fromVitest, 1)).toEqual({ passed: 5, failed: 1, skipped: 1 });
    expect(tallyRun(file, fromVitest, 0)).toEqual({ passed: 5, failed: 0, skipped: 1 });
  });

  it('is a failure when a runner found no test, whatever its exit code', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'tally-')), 'report.json');
    writeFileSync(file, JSON.stringify(vitestReport({ numPassedTests: 0, numPendingTests: 0, testResults: [] })));
    expect(tallyRun(file, fromVitest, 0)).toEqual(oneFailed);
    writeFileSync(file, JSON.stringify({ stats: { expected: 0, flaky: 0, unexpected: 0, skipped: 0 }, errors: [] }));
    expect(tallyRun(file, fromPlaywright, 0)).toEqual(oneFailed);
    expect(tallyRun(file, fromPlaywright, 1)).toEqual(oneFailed);
  });
});
