import type { PenaltyItem } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { bySeverity, headingOf } from './decision-heading.ts';

const item = (fields: Partial<PenaltyItem>): PenaltyItem => ({
  kind: 'penalty',
  id: 'p',
  reason: 'r',
  issuedAt: '2027-01-01T00:00:00.000Z',
  active: true,
  appealable: true,
  category: null,
  automatic: false,
  ...fields,
});

describe('a decision is called', () => {
  test.each([
    ['closed for good', item({}), 'closed'],
    ['closed until its end', item({ expiresAt: '2027-01-02T00:00:00.000Z' }), 'closedUntil'],
    ['closed while three strikes are active', item({ automatic: true }), 'closedByStrikes'],
    ['a strike', item({ kind: 'strike', expiresAt: '2027-04-01T00:00:00.000Z' }), 'strike'],
    ['over', item({ active: false }), 'over'],
  ] as const)('%s', (_, given, heading) => {
    expect(headingOf(given)).toBe(heading);
  });
});

test('what keeps someone out stands before strikes, the newest first', () => {
  const [older, newer] = [
    item({ kind: 'strike', id: 'older' }),
    item({ kind: 'strike', id: 'newer', issuedAt: '2027-01-03T00:00:00.000Z' }),
  ];
  const sorted = [older, newer, item({ id: 'ban' })].sort(bySeverity);
  expect(sorted.map(({ id }) => id)).toEqual(['ban', 'newer', 'older']);
});
