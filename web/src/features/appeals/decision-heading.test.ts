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
const about = (source: 'live' | 'comment' | 'inboxMessage') => ({
  about: { source, text: 't', createdAt: '2027-01-01T00:00:00.000Z', score: null },
});
const END = '2027-04-01T00:00:00.000Z';

describe('a decision is called', () => {
  test.each([
    ['closed for good', item({}), 'closed'],
    ['closed until its end', item({ expiresAt: END }), 'closedUntil'],
    ['closed while three strikes are active', item({ automatic: true }), 'closedByStrikes'],
    ['a strike', item({ kind: 'strike', expiresAt: END }), 'strike'],
    ['not writing for a while', item({ kind: 'timeout', expiresAt: END }), 'timeout'],
    ['kept out of a channel', item({ kind: 'ban' }), 'ban'],
    ['kept out of a channel for a while', item({ kind: 'ban', expiresAt: END }), 'banUntil'],
    ['a hidden line of chat', item({ kind: 'violation', ...about('live') }), 'hidden'],
    ['a hidden comment', item({ kind: 'violation', ...about('comment') }), 'hiddenComment'],
    ['a hidden message', item({ kind: 'violation', ...about('inboxMessage') }), 'hiddenMessage'],
    ['published in the end', item({ kind: 'violation', active: false, endedBecause: 'approved' }), 'published'],
    ['taken back on an appeal', item({ active: false, endedBecause: 'appeal' }), 'overturned'],
    ['over', item({ active: false }), 'over'],
  ] as const)('%s', (_, given, heading) => {
    expect(headingOf(given)).toBe(heading);
  });
});

test('what keeps someone out stands before strikes and hidden texts, the newest first', () => {
  const [older, newer] = [
    item({ kind: 'strike', id: 'older' }),
    item({ kind: 'strike', id: 'newer', issuedAt: '2027-01-03T00:00:00.000Z' }),
  ];
  const sorted = [
    item({ kind: 'violation', id: 'text' }),
    older,
    newer,
    item({ kind: 'timeout', id: 'timeout' }),
    item({ kind: 'ban', id: 'channel' }),
    item({ id: 'ban' }),
  ].sort(bySeverity);
  expect(sorted.map(({ id }) => id)).toEqual(['ban', 'channel', 'timeout', 'newer', 'older', 'text']);
});
