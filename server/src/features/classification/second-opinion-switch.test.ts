import { pino } from 'pino';
import { expect, test } from 'vitest';

import type { Database } from '../../db/database.ts';
import { SecondOpinionSwitch } from './second-opinion-switch.ts';

test('has the last word once it was renewed, also when the signal of the change came while it was read', async () => {
  const heard: Promise<void>[] = [];
  // What happens at each reading, and what it finds.
  const readings = [
    () => {
      heard.push(opinion.hear({ kind: 'classification.second-opinion', id: 'true' }));
      return true;
    },
    () => true,
    () => true,
  ];
  const database = { asSystem: async () => readings.shift()?.() } as unknown as Database;
  const opinion = new SecondOpinionSwitch(database, pino({ level: 'silent' }));
  await opinion.renew();
  expect(opinion.isOn()).toBe(true);
  await Promise.all(heard);
  expect(opinion.isOn()).toBe(true);
});
