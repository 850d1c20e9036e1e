/** `npm run soak kill [rounds]`: 20 rounds of kill -9 under chat load. */
import { killRounds } from './kill-rounds.ts';

const report = await killRounds(Number(process.argv[2] ?? 20), (line) => console.log(line));
const sorted = report.restartMs.toSorted((a, b) => a - b);
const median = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
console.log(
  `\n${report.rounds} rounds: ${report.acknowledged} messages acknowledged, ${report.lost} lost, ${report.doubled} doubled, ` +
    `${report.sentAgain} sent again; ${report.failedRestarts} restarts failed, median ${median} ms, slowest ${Math.round(sorted.at(-1) ?? 0)} ms`,
);
process.exitCode = report.lost + report.doubled + report.failedRestarts > 0 ? 1 : 0;
