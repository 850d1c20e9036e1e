import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { createTestClock } from '../../db/index.ts';
import { providerSuite } from '../provider.suite.ts';
import type { WebhookMessage } from '../provider.ts';
import { Sandbox } from './index.ts';
import { idOf } from './memory.ts';
import { signedMessage } from './signature.ts';

const clock = createTestClock();
const SECRET = 'a secret of this test';
const heard: WebhookMessage[] = [];
let db: TestDatabase;
let sandbox: Sandbox;
const make = () => {
  const deps = { database: db.database, clock, logger: pino({ level: 'silent' }), secret: SECRET };
  const made = new Sandbox(deps);
  made.connect(async (message) => void heard.push(message));
  return made;
};
beforeAll(async () => {
  db = await testDatabase({ clock });
  await clock.attach(db.database);
  sandbox = make();
});
afterAll(async () => {
  clock.stop();
  await db.drop();
});

describe('the sandbox', () => {
  providerSuite(() => ({
    provider: sandbox,
    heard,
    async pay(checkoutId) {
      await sandbox.decide(checkoutId, 'approve');
    },
    async dispute(chargeId, status) {
      const checkout = await sandbox.checkout(chargeId.replace('sb_charge_', 'sb_checkout_'));
      await sandbox.play(checkout?.paymentId ?? '', status === 'open' ? 'dispute' : status === 'won' ? 'win' : 'lose');
    },
    sign: (body, age) => signedMessage(SECRET, body, new Date(clock.now().getTime() - age * 1000)),
    settle: () => sandbox.tellDue(),
  }));

  test('knows after a restart what it knew before, and gives the same names again', async () => {
    const request = {
      paymentId: 'before the restart',
      amount: 1_301n,
      currency: 'EUR' as const,
      description: 'A tip',
      returnUrl: '',
      customerId: null,
      keepMethod: false,
    };
    const before = await sandbox.createCheckout(request);
    sandbox = make();
    expect(await sandbox.createCheckout(request)).toEqual(before);
    expect(await sandbox.checkout(before.checkoutId)).toMatchObject({
      paymentId: 'before the restart',
      status: 'open',
    });
    expect(idOf('checkout', 'before the restart')).toBe(before.checkoutId);
  });
});
