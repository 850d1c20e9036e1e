import { expect, test } from 'vitest';
import { killRounds } from '../soak/kill-rounds.ts';

test('kill -9 of server and PostgreSQL under chat load, three times: nothing acknowledged is lost or doubled', async () => {
  const report = await killRounds(3, () => undefined);
  expect(report).toMatchObject({ rounds: 3, lost: 0, doubled: 0, failedRestarts: 0 });
  expect(report.acknowledged).toBeGreaterThan(100);
}, 120_000);
