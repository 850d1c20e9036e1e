/** `npm run soak money [tips]`: kill -9 of the server and of PostgreSQL while 10,000 tips are given and sent again. */
import { moneyRounds } from './money-rounds.ts';

const report = await moneyRounds({ tips: Number(process.argv[2] ?? 10_000), perKill: 500 }, (line) =>
  console.log(line),
);
console.log(
  `\n${report.tips} tips, ${report.kills} kills, ${report.sentAgain} sent again: ${report.lost} lost, ${report.doubled} doubled; ` +
    `the balance is ${report.balance} and should be ${report.expected}; the books are ${report.isSound ? 'sound' : `BROKEN: ${report.broken.join(', ')}`}; ` +
    `${report.perSecond.toFixed(0)} tips/s between the kills`,
);
const isRight = report.lost + report.doubled === 0 && report.balance === report.expected && report.isSound;
process.exitCode = isRight ? 0 : 1;
