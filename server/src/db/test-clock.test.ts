import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

const HOUR = 3_600_000;
const ahead = (clock: TestClock) => Math.round((clock.now().getTime() - Date.now()) / 1_000);

describe('the clock of test mode', () => {
  let db: TestDatabase;
  const clocks: TestClock[] = [];
  const attached = async () => {
    const clock = createTestClock();
    clocks.push(clock);
    await clock.attach(db.database);
    return clock;
  };

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.drop());
  beforeEach(() => db.sql('truncate platform_settings'));
  afterEach(() => {
    for (const clock of clocks.splice(0)) clock.stop();
  });

  test('runs with real time until it is moved', async () => {
    const clock = await attached();
    expect(ahead(clock)).toBe(0);
    await clock.advance(HOUR);
    expect(ahead(clock)).toBe(3_600);
  });

  test('keeps what was added over a restart', async () => {
    await (await attached()).advance(HOUR);
    expect(ahead(await attached())).toBe(3_600);
  });

  test('two moves at once both count, and other nodes follow', async () => {
    const [one, other, third] = [await attached(), await attached(), await attached()];
    let jumps = 0;
    third.onJump(() => jumps++);
    await Promise.all([one.advance(HOUR), other.advance(HOUR)]);
    const deadline = Date.now() + 10_000;
    while ([one, other, third].some((clock) => ahead(clock) < 7_200) && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect([one, other, third].map(ahead)).toEqual([7_200, 7_200, 7_200]);
    expect(jumps).toBeGreaterThan(0);
  });

  test('never goes backwards', async () => {
    await expect((await attached()).advance(-1)).rejects.toThrow('backwards');
  });
});
