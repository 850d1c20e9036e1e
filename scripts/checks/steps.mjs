import { sum, totalLine } from './tally.mjs';

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * Runs all steps in order, whatever the earlier ones found, and prints the sum as the last line.
 * A step answers its tally; what it printed lies above its own line. Steps in a list run at the same time: the first
 * speaks while it runs, and what the others said follows it.
 * @param steps `{name, run: ({echo}) => Promise<{passed, failed, skipped, said?}>}`, each alone or in a list; without
 *   `echo` a step prints nothing and answers what it would have said
 * @returns the exit code
 */
export async function runSteps(steps) {
  const startedAt = performance.now();
  const results = [];
  for (const group of steps.map((each) => [each].flat())) {
    const done = await Promise.all(group.map((step, place) => timed(step, place === 0)));
    for (const { name, tally, time, said } of done) {
      if (said) console.log(said.trimEnd());
      console.log(`${tally.failed > 0 ? '✗' : '✓'} ${name}  ${totalLine(tally)}  (${seconds(time)})\n`);
    }
    results.push(...done);
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

async function timed({ name, run }, echo) {
  const startedAt = performance.now();
  const { said = '', ...tally } = await run({ echo });
  return { name, tally, said, time: performance.now() - startedAt };
}
