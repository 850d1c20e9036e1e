import { sum, totalLine } from './tally.mjs';

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * Runs all steps in order, whatever the earlier ones found, and prints the sum as the last line.
 * A step answers its tally; what it printed lies above its own line.
 * @param steps `{name, run: () => Promise<{passed, failed, skipped}>}[]`
 * @returns the exit code
 */
export async function runSteps(steps) {
  const startedAt = performance.now();
  const results = [];
  for (const { name, run } of steps) {
    const stepStartedAt = performance.now();
    const tally = await run();
    const time = performance.now() - stepStartedAt;
    results.push({ name, tally, time });
    console.log(`${tally.failed > 0 ? '✗' : '✓'} ${name}  ${totalLine(tally)}  (${seconds(time)})\n`);
  }
  console.log('─'.repeat(60));
  for (const { name, tally, time } of results) {
    console.log(`${tally.failed > 0 ? '✗' : '✓'} ${name.padEnd(34)} ${totalLine(tally).padEnd(34)} ${seconds(time)}`);
  }
  const total = sum(results.map(({ tally }) => tally));
  console.log(`in ${seconds(performance.now() - startedAt)}`);
  console.log(totalLine(total));
  return total.failed > 0 ? 1 : 0;
}
