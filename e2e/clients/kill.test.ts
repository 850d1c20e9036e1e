import { expect, test } from 'vitest';
import { killRounds } from '../soak/kill-rounds.ts';
import { moneyRounds } from '../soak/money-rounds.ts';

test('kill -9 of server and PostgreSQL under chat load, three times: nothing acknowledged is lost or doubled', async () => {
  const report = await killRounds(3, () => undefined);
  expect(report).toMatchObject({ rounds: 3, lost: 0, doubled: 0, failedRestarts: 0 });
  expect(report.acknowledged).toBeGreaterThan(100);
}, 120_000);

test('kill -9 of server and PostgreSQL while people tip: no tip is lost, none is doubled, and the books add up', async () => {
  const report = await moneyRounds({ tips: 120, perKill: 40 }, () => undefined);
  expect(report).toMatchObject({ tips: 120, lost: 0, doubled: 0, isSound: true, broken: [] });
  expect(report.balance).toBe(report.expected);
  expect(report.kills).toBeGreaterThan(0);
}, 180_000);
