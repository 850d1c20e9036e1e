import {
  DSA_LISTS,
  type DsaStatement,
  dsaStatement,
  type Restriction,
  restriction,
  statementCategory,
  statementSource,
} from '@virgil/contract';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DsaEndpoint, dsaEndpoint, LISTED, problemsOf } from '../../../test/kit/dsa-endpoint.ts';
import { DsaDatabaseUnavailable, httpDsaDatabase } from '../../dsa-database/index.ts';
import { dsaRecordOf, type RecordedStatement } from './dsa-record.ts';
import { ruleOf } from './rules.ts';
import { submitStatements } from './submit-statements.ts';

let endpoint: DsaEndpoint;
beforeEach(async () => {
  endpoint = await dsaEndpoint();
});
afterEach(() => endpoint.close());
const database = () => httpDsaDatabase({ url: endpoint.url, token: endpoint.token, timeoutMs: 2_000 });

const base: RecordedStatement = {
  id: '0192f0c1-7a2b-7c3d-8e4f-0123456789ab',
  restriction: 'video_removed',
  subjectType: 'video',
  subjectAt: new Date('2026-11-20T21:04:00Z'),
  reason: 'Calls for violence',
  ground: 'terms',
  rule: ruleOf('violence').name,
  explanation: ruleOf('violence').explanation,
  category: 'violence',
  source: 'report',
  automatedDetection: false,
  automatedDecision: 'none',
  endsAt: null,
  createdAt: new Date('2026-11-21T08:00:00Z'),
  displayName: 'Mira Voss',
};
const recordOf = (change: Partial<RecordedStatement> = {}): DsaStatement => {
  const record = dsaRecordOf({ ...base, ...change });
  if (record === null) throw new Error('this one is not handed over');
  return record;
};
const numbered = (count: number, prefix = 'decision'): DsaStatement[] =>
  Array.from({ length: count }, (_, n) => recordOf({ id: `${prefix}-${n}` }));

const EXPORTED = restriction.options.filter((each) => each !== 'strike' && each !== 'warning');
const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2037-01-01'), noInvalidDate: true });
/** Anything the product may have stored. */
const stored: fc.Arbitrary<RecordedStatement> = fc.record({
  id: fc.uuid({ version: 7 }),
  restriction: fc.constantFrom<Restriction>(...EXPORTED),
  subjectType: fc.constantFrom('livestream', 'video', 'message', 'comment', null),
  subjectAt: fc.option(moment),
  reason: fc.string({ minLength: 1, maxLength: 2000, unit: 'grapheme' }).map((text) => `r ${text}`),
  ground: fc.constantFrom('illegal', 'terms'),
  rule: fc.string({ minLength: 1, maxLength: 700 }).map((text) => `Rule ${text}`),
  explanation: fc.string({ minLength: 1, maxLength: 2500, unit: 'grapheme' }).map((text) => `Because ${text}`),
  category: fc.constantFrom(...statementCategory.options),
  source: fc.constantFrom(...statementSource.options),
  automatedDetection: fc.boolean(),
  automatedDecision: fc.constantFrom('none', 'partly', 'fully'),
  endsAt: fc.option(moment),
  createdAt: moment,
  displayName: fc.option(fc.string({ minLength: 1, maxLength: 40 })),
});

test('1,000 generated statements are taken, by our rules and by theirs', async () => {
  const statements = fc
    .sample(stored, { numRuns: 1000, seed: 4 })
    .map((each, n) => recordOf({ ...each, id: `g-${n}` }));
  expect(statements.filter((each) => !dsaStatement.safeParse(each).success)).toEqual([]);
  for (let from = 0; from < 1000; from += 100) {
    const outcomes = await submitStatements(database(), statements.slice(from, from + 100));
    expect(outcomes.filter(({ state }) => state !== 'sent')).toEqual([]);
  }
  expect([endpoint.stored.size, endpoint.calls]).toEqual([1000, Array(10).fill(100)]);
  // Every kind of decision was among them.
  const seen = new Set(statements.flatMap((each) => [...(each.decision_visibility ?? []), each.decision_account]));
  for (const name of ['CONTENT_REMOVED', 'SUSPENDED', 'TERMINATED']) {
    expect([...seen].some((value) => value?.endsWith(name))).toBe(true);
  }
});

const without = (name: keyof DsaStatement) => (record: Record<string, unknown>) => {
  const { [name]: _gone, ...rest } = record;
  return rest;
};
const having = (change: Record<string, unknown>) => (record: Record<string, unknown>) => ({ ...record, ...change });
const illegal = {
  decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT',
  incompatible_content_ground: undefined,
  incompatible_content_explanation: undefined,
};
const MUTANTS: readonly (readonly [what: string, change: (record: Record<string, unknown>) => object])[] = [
  ['no decision at all', without('decision_visibility')],
  ['no ground', without('decision_ground')],
  ['no type of content', without('content_type')],
  ['no category', without('category')],
  ['no day of the content', without('content_date')],
  ['no day of the decision', without('application_date')],
  ['no facts', without('decision_facts')],
  ['no source', without('source_type')],
  ['nothing said of detection', without('automated_detection')],
  ['nothing said of automation', without('automated_decision')],
  ['no puid', without('puid')],
  ['an unknown visibility', having({ decision_visibility: ['DECISION_VISIBILITY_CONTENT_HIDDEN'] })],
  ['a visibility that is no list', having({ decision_visibility: 'DECISION_VISIBILITY_CONTENT_REMOVED' })],
  ['another visibility, unnamed', having({ decision_visibility: ['DECISION_VISIBILITY_OTHER'] })],
  [
    'another visibility, named too long',
    having({
      decision_visibility: ['DECISION_VISIBILITY_OTHER'],
      decision_visibility_other: 'x'.repeat(501),
    }),
  ],
  ['an unknown monetary decision', having({ decision_monetary: 'DECISION_MONETARY_FINE' })],
  ['another monetary decision, unnamed', having({ decision_monetary: 'DECISION_MONETARY_OTHER' })],
  ['an unknown provision', having({ decision_provision: 'DECISION_PROVISION_SUSPENSION' })],
  ['an unknown decision about an account', having({ decision_account: 'DECISION_ACCOUNT_BANNED' })],
  ['an unknown type of account', having({ account_type: 'ACCOUNT_TYPE_STAFF' })],
  ['an unknown ground', having({ decision_ground: 'DECISION_GROUND_HOUSE_RULES' })],
  ['illegal content with texts of the terms alone', having({ decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT' })],
  ['illegal content without a law', having({ ...illegal, illegal_content_explanation: 'Because' })],
  ['illegal content without an explanation', having({ ...illegal, illegal_content_legal_ground: 'A law' })],
  ['terms without a rule', without('incompatible_content_ground')],
  ['terms without an explanation', without('incompatible_content_explanation')],
  ['a rule too long', having({ incompatible_content_ground: 'x'.repeat(501) })],
  ['an explanation too long', having({ incompatible_content_explanation: 'x'.repeat(2001) })],
  ['another content, unnamed', having({ content_type: ['CONTENT_TYPE_OTHER'] })],
  ['no content in the list', having({ content_type: [] })],
  ['an unknown keyword', having({ category_specification: ['KEYWORD_RUDENESS'] })],
  ['an unknown second category', having({ category_addition: ['STATEMENT_CATEGORY_RUDENESS'] })],
  ['a country outside the EEA', having({ territorial_scope: ['DE', 'US'] })],
  ['a language in small letters', having({ content_language: 'de' })],
  ['a day that is none', having({ content_date: '2026-02-30' })],
  ['a day with a time', having({ application_date: '2026-11-20T10:00:00Z' })],
  ['a day after 2038', having({ end_date_visibility_restriction: '2038-01-02' })],
  ['facts too long', having({ decision_facts: 'x'.repeat(5001) })],
  ['a boolean for yes', having({ automated_detection: true })],
  ['a puid with a line feed', having({ puid: 'decision-1\n' })],
];

test('40 mutants are refused, by our rules and by theirs', async () => {
  expect(MUTANTS).toHaveLength(40);
  const healthy = recordOf();
  expect([problemsOf(healthy), dsaStatement.safeParse(healthy).success]).toEqual([{}, true]);
  for (const [what, change] of MUTANTS) {
    const mutant = JSON.parse(JSON.stringify(change({ ...healthy }))) as DsaStatement;
    expect([what, dsaStatement.safeParse(mutant).success]).toEqual([what, false]);
    expect([what, Object.keys(problemsOf(mutant)).length > 0]).toEqual([what, true]);
    const response = await fetch(`${endpoint.url}/api/v1/statements`, {
      method: 'POST',
      headers: { authorization: `Bearer ${endpoint.token}` },
      body: JSON.stringify({ statements: [mutant] }),
    });
    expect([what, response.status]).toEqual([what, 422]);
  }
  expect(endpoint.stored.size).toBe(0);
});

describe('the exporter', () => {
  test('1. sends nothing that names no decision', async () => {
    const { decision_visibility: _none, ...bad } = recordOf();
    const outcomes = await submitStatements(database(), [bad as DsaStatement]);
    expect(outcomes).toMatchObject([{ state: 'refused', problem: expect.stringContaining('one of the four') }]);
    expect(endpoint.calls).toEqual([]);
  });

  test('2. sends no other content without saying which', async () => {
    const bad = { ...recordOf(), content_type: ['CONTENT_TYPE_OTHER' as const] };
    expect(await submitStatements(database(), [bad])).toMatchObject([{ state: 'refused' }]);
    expect(endpoint.calls).toEqual([]);
  });

  test('3. sends no illegal content with the texts of the terms alone', async () => {
    const bad = { ...recordOf(), decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT' as const };
    expect(await submitStatements(database(), [bad])).toMatchObject([{ state: 'refused' }]);
    expect(endpoint.calls).toEqual([]);
  });

  test('4. counts what is there already as handed over', async () => {
    const statements = numbered(3);
    await submitStatements(database(), statements.slice(0, 2));
    const outcomes = await submitStatements(database(), statements);
    expect(outcomes.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    expect(endpoint.stored.size).toBe(3);
  });

  test('5. sends a hundred at a time and refuses more', async () => {
    const statements = numbered(101);
    await expect(submitStatements(database(), statements)).rejects.toThrow('no batch');
    await submitStatements(database(), statements.slice(0, 100));
    await submitStatements(database(), statements.slice(100));
    expect(endpoint.calls).toEqual([100, 1]);
  });

  test('6. takes a bad one out of a hundred and sends the other 99', async () => {
    const statements = numbered(100);
    // Fine by our schema, and not by a rule that came over there since.
    const strict = { ...recordOf({ id: 'decision-57' }), content_language: 'XX' };
    statements[57] = strict;
    const picky = httpDsaDatabase({ url: endpoint.url, token: endpoint.token });
    const refusing = {
      async submit(batch: readonly DsaStatement[]) {
        const bad = batch.findIndex((each) => each.content_language === 'XX');
        if (bad === -1) return picky.submit(batch);
        return { stored: false as const, refused: new Map([[bad, { isDuplicate: false, problem: 'language' }]]) };
      },
    };
    const outcomes = await submitStatements(refusing, statements);
    expect(outcomes.filter(({ state }) => state === 'refused')).toEqual([
      { puid: 'decision-57', state: 'refused', problem: 'language' },
    ]);
    expect([endpoint.stored.size, endpoint.calls]).toEqual([99, [99]]);
  });

  test('6b. finds the bad one by the position that the other side names', async () => {
    const statements = numbered(5);
    const answer = await database().submit([
      ...statements.slice(0, 3),
      { ...recordOf({ id: 'bad' }), decision_facts: 'x'.repeat(5001) },
    ]);
    expect(answer).toMatchObject({ stored: false });
    expect([...(answer.stored ? [] : answer.refused)]).toMatchObject([[3, { isDuplicate: false }]]);
    expect(endpoint.stored.size).toBe(0);
  });

  test.each([
    ['an e-mail address', 'Write to mira.voss+x@mail.example.org today', 'mira.voss'],
    ['a telephone number', 'Call +49 (0)30 1234-5678 now', '1234'],
    ['a handle', 'Reported by @night_owl.', 'night_owl'],
    ['an address of version 4', 'Sent from 203.0.113.77.', '203.0.113'],
    ['an address of version 6', 'Sent from 2001:db8:0:1::5f again', '2001:db8'],
    ['the name of the person', 'As mira voss said before', /mira voss/i],
  ])('7. takes %s out of the facts', (_what, reason, trace) => {
    const { decision_facts: facts } = recordOf({ reason });
    expect(facts).not.toMatch(trace instanceof RegExp ? trace : new RegExp(trace.replaceAll('.', '\\.')));
    expect(facts).toMatch(/\[(e-mail|number|name|address)\]/);
  });

  test('7b. leaves days, times, laws and short numbers alone', () => {
    const reason = 'On 2026-11-20 at 21:04, 17 U.S.C. § 512(c)(3), rule 2, 864 viewers';
    expect(recordOf({ reason }).decision_facts).toContain(reason);
  });

  test.each(['a puid', 'a.puid', 'puid\n', 'pützid', ''])('8. refuses %j as a puid', async (puid) => {
    expect(await submitStatements(database(), [{ ...recordOf(), puid }])).toMatchObject([{ state: 'refused' }]);
    expect(endpoint.calls).toEqual([]);
  });

  test('9. says Yes and No for what we store as true and false', () => {
    expect(recordOf({ automatedDetection: true }).automated_detection).toBe('Yes');
    expect(recordOf({ automatedDetection: false }).automated_detection).toBe('No');
    const bad = { ...recordOf(), automated_detection: true } as unknown as DsaStatement;
    expect(dsaStatement.safeParse(bad).success).toBe(false);
  });

  test('10. knows every word of every list, and none beside', () => {
    const ours: Record<string, readonly string[]> = {
      decision_visibility: DSA_LISTS.visibility,
      decision_monetary: DSA_LISTS.monetary,
      decision_provision: DSA_LISTS.provision,
      decision_account: DSA_LISTS.account,
      account_type: DSA_LISTS.accountType,
      decision_ground: DSA_LISTS.ground,
      content_type: DSA_LISTS.contentType,
      source_type: DSA_LISTS.source,
      automated_decision: DSA_LISTS.automatedDecision,
      category: DSA_LISTS.category,
      category_specification: DSA_LISTS.keyword,
      territorial_scope: DSA_LISTS.territory,
    };
    const bare = (name: string) =>
      name.replace(
        /^(DECISION_(VISIBILITY|MONETARY|PROVISION|ACCOUNT|GROUND)|ACCOUNT_TYPE|CONTENT_TYPE|SOURCE|AUTOMATED_DECISION|STATEMENT_CATEGORY|KEYWORD)_/,
        '',
      );
    for (const [field, names] of Object.entries(ours)) {
      expect([field, names.map(bare).sort()]).toEqual([field, [...(LISTED[field] ?? [])].sort()]);
    }
    const sizes = [DSA_LISTS.category, DSA_LISTS.keyword, DSA_LISTS.territory].map(({ length }) => length);
    expect(sizes).toEqual([16, 69, 30]);
  });

  test('11. has no way to take a statement back: a reversal stays in our own report', () => {
    expect(Object.keys(database())).toEqual(['submit']);
    expect(dsaRecordOf({ ...base })).toEqual(dsaRecordOf({ ...base }));
  });

  test('keeps what it cannot hand over for later', async () => {
    for (const how of ['no answer', 'error 500', 'token'] as const) {
      endpoint.fail(how);
      await expect(submitStatements(database(), numbered(2))).rejects.toBeInstanceOf(DsaDatabaseUnavailable);
    }
    endpoint.fail(null);
    endpoint.loseNextAnswer();
    await expect(submitStatements(database(), numbered(2))).rejects.toBeInstanceOf(DsaDatabaseUnavailable);
    // Stored over there, and nobody here knows: asking again finds them.
    const outcomes = await submitStatements(database(), numbered(2));
    expect(outcomes.map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(endpoint.stored.size).toBe(2);
  });
});

describe('the record', () => {
  test('of a warning alone does not exist', () => {
    for (const each of ['strike', 'warning'] as const) {
      expect(dsaRecordOf({ ...base, restriction: each })).toBeNull();
      expect(dsaRecordOf({ ...base, restriction: each, subjectType: null })).toBeNull();
    }
  });

  test('of a warning with which a text was hidden says that it was', () => {
    expect(recordOf({ restriction: 'strike', subjectType: 'comment' })).toMatchObject({
      decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'],
      content_type: ['CONTENT_TYPE_TEXT'],
    });
  });

  test('of what was done to a private message does not exist, and of what was done to its author does', () => {
    const about = { subjectType: 'direct_message' } as const;
    for (const each of ['message_blocked', 'message_rejected', 'message_removed', 'strike', 'warning'] as const) {
      expect(dsaRecordOf({ ...base, ...about, restriction: each })).toBeNull();
    }
    const timeout = recordOf({ ...about, restriction: 'chat_timeout' });
    expect(timeout).toMatchObject({ decision_provision: 'DECISION_PROVISION_PARTIAL_SUSPENSION' });
    expect(timeout).not.toHaveProperty('decision_visibility');
  });

  test('of a timeout names its end, and the text that stays hidden with it', () => {
    const endsAt = new Date('2026-11-21T09:00:00Z');
    expect(recordOf({ restriction: 'chat_timeout', subjectType: 'message', endsAt })).toMatchObject({
      decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'],
      decision_provision: 'DECISION_PROVISION_PARTIAL_SUSPENSION',
      end_date_service_restriction: '2026-11-21',
    });
    expect(recordOf({ restriction: 'channel_ban', subjectType: null })).toMatchObject({
      decision_provision: 'DECISION_PROVISION_PARTIAL_TERMINATION',
    });
  });

  test.each([
    ['livestream_ended', { decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'] }],
    ['message_removed', { decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'] }],
    ['account_terminated', { decision_account: 'DECISION_ACCOUNT_TERMINATED' }],
    [
      'account_suspended',
      { decision_account: 'DECISION_ACCOUNT_SUSPENDED', end_date_account_restriction: '2026-12-01' },
    ],
  ] as const)('of %s', (kind, expected) => {
    const endsAt = kind === 'account_suspended' ? new Date('2026-12-01T08:00:00Z') : null;
    expect(recordOf({ restriction: kind, endsAt })).toMatchObject(expected);
  });

  test('of a rights holder’s notice', () => {
    const { name, explanation } = ruleOf('copyright');
    const rights = {
      category: 'copyright',
      source: 'rights_notice',
      ground: 'illegal',
      rule: name,
      explanation,
    } as const;
    expect(recordOf(rights)).toMatchObject({
      decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT',
      illegal_content_legal_ground: 'Copyright: 17 U.S.C. § 512(c)',
      category: 'STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS',
      category_specification: ['KEYWORD_COPYRIGHT_INFRINGEMENT'],
      source_type: 'SOURCE_TYPE_OTHER_NOTIFICATION',
      automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
    });
  });

  test('of a classifier’s hit that no person saw', () => {
    const blocked = { restriction: 'message_blocked', subjectType: 'message', source: 'own_initiative' } as const;
    expect(recordOf({ ...blocked, automatedDetection: true, automatedDecision: 'fully' })).toMatchObject({
      content_type: ['CONTENT_TYPE_TEXT'],
      automated_detection: 'Yes',
      automated_decision: 'AUTOMATED_DECISION_FULLY',
      source_type: 'SOURCE_VOLUNTARY',
    });
  });
});
