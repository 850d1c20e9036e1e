import type { AdminPenalty, UserId } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { csvOf } from './penalty-csv.ts';

const penalty = (reason: string): AdminPenalty => ({
  id: 'p1',
  user: { id: 'vic' as UserId, displayName: 'Vic, the first', avatarUrl: null },
  severity: 'permanent',
  reason,
  category: null,
  durationHours: null,
  evidenceLink: 'https://example.org/1',
  policyReference: 'community-rules/1#fraud',
  cause: 'decision',
  issuedBy: null,
  issuedAt: '2026-11-20T21:04:00.000Z',
  expiresAt: null,
  active: true,
  appealable: true,
  endedAt: null,
  endedBy: null,
  endedReason: null,
  appeal: null,
});

describe('the list of penalties as a table', () => {
  test('has a head, and a line for each', () => {
    const lines = csvOf([penalty('Fraud'), penalty('Fraud')]).split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^\ufeffid,person,person_id,/);
    expect(lines[1]).toContain('"Vic, the first",vic,permanent,,Fraud,');
  });

  test.each([
    ['She said "no"\nand left', '"She said ""no""\nand left"'],
    ['=HYPERLINK("https://evil.example")', '"\'=HYPERLINK(""https://evil.example"")"'],
    ['+49 30', "'+49 30"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
  ])('writes %j so that it is read as it was written, and never as a formula', (reason, written) => {
    expect(csvOf([penalty(reason)])).toContain(`,${written},`);
  });
});
