import { expect, test } from 'vitest';
import { germanLetter } from './german-letter.ts';
import { PAYMENT_LETTERS } from './german-payments.ts';
import { noticeGoal } from './notice-goal.ts';

const data = { amount: '1250', currency: 'EUR', purpose: 'tip', paymentId: 'p1', payoutId: 'o1' };

test.each(Object.keys(PAYMENT_LETTERS))('%s is said in German, with its amount, and leads somewhere', (kind) => {
  expect(germanLetter({ kind, data })).toContain('12,50');
  expect(noticeGoal({ kind, data })).toEqual(
    kind.startsWith('payment.') ? { to: 'payment', id: 'p1' } : { to: 'earnings' },
  );
});

test.each(Object.keys(PAYMENT_LETTERS))('%s without its facts stays as the server wrote it', (kind) => {
  expect(germanLetter({ kind, data: { ...data, amount: 'much' } })).toBeNull();
  expect(germanLetter({ kind, data: { ...data, currency: '' } })).toBeNull();
});
