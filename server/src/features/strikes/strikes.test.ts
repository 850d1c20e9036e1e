import type { ChannelId, UserId } from '@virgil/contract';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import { silentLogger } from '../../../test/kit/silent-logger.ts';
import { createJobRunner } from '../../jobs/index.ts';
import { liftPenalty, penaltyJobs } from '../penalties/index.ts';
import { type IssuedStrike, issueStrike, liftStrike, type NewStrike, strikeJobs } from './index.ts';

const DAY = 86_400_000;
/** Only this test's clock: nothing else runs on this database. */
let now = Date.UTC(2027, 0, 1, 12);
const clock = { now: () => new Date(now) };
let db: TestDatabase;
let admin: UserId;
beforeAll(async () => {
  db = await testDatabase({ clock, poolSize: 12 });
  admin = (await makePerson(db, 'Ed', 'admin')).userId;
});
afterAll(() => db.drop());

const newPerson = async () => (await makePerson(db, 'Vic')).userId;
const give = (userId: UserId, fields: Partial<Omit<NewStrike, 'source'>> & { channelId?: UserId; id?: string } = {}) =>
  db.database.asSystem('a test', (tx) =>
    issueStrike(tx, {
      userId,
      reason: 'Spam.',
      category: 'spam',
      issuedBy: admin,
      at: clock.now(),
      ...fields,
      source: {
        kind: fields.channelId === undefined ? 'report' : 'review',
        id: fields.id ?? uuidv7(),
        // A creator's channel id is the creator's profile id.
        channelId: (fields.channelId as string as ChannelId | undefined) ?? null,
      },
    }),
  );
const lift = (strikeId: string, cause: 'appeal' | 'retraction' = 'appeal') =>
  db.database.asSystem('a test', (tx) =>
    liftStrike(tx, strikeId, { by: admin, reason: 'A mistake.', at: clock.now(), cause }),
  );
const giveMany = async (userId: UserId, count: number) => {
  const given: IssuedStrike[] = [];
  for (let n = 0; n < count; n++) given.push(await give(userId));
  return given;
};
const isBanned = async (userId: UserId, at = clock.now()) =>
  (await db.sql<{ is_banned: boolean }>('select is_banned from app_standing($1, $2)', [userId, at]))[0]?.is_banned;
const activeBans = (userId: UserId) =>
  db.sql('select id, issued_by, severity from admin_penalties where user_id = $1 and is_active', [userId]);
const letters = async (userId: UserId, kind: string) =>
  (
    await db.sql<{ text: string }>('select text from notifications where user_id = $1 and kind = $2 order by id', [
      userId,
      kind,
    ])
  ).map(({ text }) => text);
const audited = (entity: string) =>
  db.sql<{ type: string; actor_id: string | null }>(
    'select type, actor_id from audit_outbox where entity_id = $1 order by id',
    [entity],
  );

const runDue = () =>
  createJobRunner({
    handle: db,
    clock,
    logger: silentLogger,
    registry: new Registry(),
    handlers: [...strikeJobs(), ...penaltyJobs()],
  }).runDue();

describe('three strikes', () => {
  test('warn twice in words, and close the account at the third, by the system and with reasons', async () => {
    const vic = await newPerson();
    const [first, second, third] = await giveMany(vic, 3);
    expect(first?.warning).toEqual({
      kind: 'strike_warning',
      text: 'This is your first active strike. Three at the same time close the account. This one ends on 1 April.',
      data: { strikeStep: 'warned', strikeNumber: '1', strikeEndsAt: '2027-04-01T12:00:00.000Z' },
    });
    expect(second?.warning.text).toBe(
      'This is your second active strike. A third closes the account until an appeal or 90 days. This one ends on 1 April.',
    );
    expect(second?.bannedBy).toBeNull();
    expect(third).toMatchObject({ number: 3, step: 'banned' });
    expect(await activeBans(vic)).toEqual([{ id: third?.bannedBy, issued_by: null, severity: 'permanent' }]);
    expect(await isBanned(vic)).toBe(true);
    const [letter] = await letters(vic, 'penalty_issued');
    expect(letter).toContain('Reason: Three strikes are active at the same time. Decision is final unless appealed.');
    expect(letter).toContain('If you want to appeal, open Appeals Center.');
    expect(await audited(vic)).toMatchObject([{ type: 'USER_BANNED', actor_id: null }]);
    expect(
      await db.sql('select restriction, automated_decision from statements_of_reasons where user_id = $1', [vic]),
    ).toEqual([{ restriction: 'account_terminated', automated_decision: 'fully' }]);
  });

  test('given by twenty at the same time make one ban', async () => {
    const vic = await newPerson();
    await giveMany(vic, 2);
    const given = await Promise.all(Array.from({ length: 20 }, () => give(vic)));
    expect(new Set(given.map(({ bannedBy }) => bannedBy)).size).toBe(1);
    expect(given.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 3),
    );
    expect(await activeBans(vic)).toHaveLength(1);
    expect(await letters(vic, 'penalty_issued')).toHaveLength(1);
    await expect(
      db.sql(
        `insert into admin_penalties (id, user_id, severity, reason, issued_at, cause)
         values ('second', $1, 'permanent', 'r', now(), 'strikes')`,
        [vic],
      ),
    ).rejects.toThrow('admin_penalties_one_for_strikes');
  });

  test('of one channel’s own moderators close nothing: the admins are told', async () => {
    const vic = await newPerson();
    const channelId = await newPerson();
    await give(vic, { channelId });
    await give(vic, { channelId });
    const third = await give(vic, { channelId });
    expect(third).toMatchObject({ number: 3, step: 'escalated', bannedBy: null });
    expect(third.warning.text).toContain('An admin looks at them');
    expect(await isBanned(vic)).toBe(false);
    expect(await letters(admin, 'strikes_escalated')).toEqual([expect.stringContaining('Vic has 3 active strikes')]);
    expect(await audited(vic)).toMatchObject([{ type: 'STRIKES_ESCALATED', actor_id: null }]);
    expect((await give(vic)).step).toBe('banned');
  });

  test('do not shut out the last admin', async () => {
    const [third] = (await giveMany(admin, 3)).slice(-1);
    expect(third).toMatchObject({ step: 'escalated', bannedBy: null });
    await db.sql('delete from content_safety_strikes where user_id = $1', [admin]);
  });
});

describe('one decision gives one strike', () => {
  test('however often it is carried out', async () => {
    const vic = await newPerson();
    const again = await Promise.all(Array.from({ length: 5 }, () => give(vic, { id: 'decision-1' })));
    expect(new Set(again.map(({ strikeId }) => strikeId)).size).toBe(1);
    expect(again.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  test('and its repetition brings no ban back that an admin has lifted', async () => {
    const vic = await newPerson();
    await giveMany(vic, 2);
    const third = await give(vic, { id: 'decision-2' });
    await db.database.asSystem('a test', (tx) =>
      liftPenalty(tx, third.bannedBy ?? '', { at: clock.now(), by: admin, reason: 'Enough.', cause: 'decision' }),
    );
    expect(await give(vic, { id: 'decision-2' })).toMatchObject({ isNew: false, number: 3, bannedBy: null });
    expect(await isBanned(vic)).toBe(false);
    expect((await give(vic)).bannedBy).not.toBeNull();
  });

  test('and notices of one work on one day share it; another day, work or person does not', async () => {
    const vic = await newPerson();
    const work = { lineageKey: 'a-song' };
    const one = await give(vic, work);
    expect(await give(vic, work)).toMatchObject({ strikeId: one.strikeId, isNew: false, number: 1 });
    expect((await give(vic, { lineageKey: 'another-song' })).isNew).toBe(true);
    expect((await give(await newPerson(), work)).isNew).toBe(true);
    await lift(one.strikeId, 'retraction');
    expect((await give(vic, work)).isNew).toBe(true);
    now += DAY;
    expect((await give(vic, work)).isNew).toBe(true);
  });
});

describe('fewer than three', () => {
  test('by an appeal open the account, and leave no trace on the standing', async () => {
    const vic = await newPerson();
    const given = await giveMany(vic, 3);
    const lifted = await lift(given[1]?.strikeId ?? '');
    expect(lifted).toMatchObject({ isNew: true, active: 2, unbanned: given[2]?.bannedBy });
    expect(lifted.paragraph?.text).toContain('your account is open again');
    expect(await isBanned(vic)).toBe(false);
    expect(await activeBans(vic)).toEqual([]);
    // The ban was taken back, so the letter of whoever lifted the strike says so, and no other.
    expect(await letters(vic, 'penalty_ended')).toEqual([]);
    expect(await lift(given[1]?.strikeId ?? '')).toMatchObject({ isNew: false, unbanned: null });
    expect((await audited(given[1]?.strikeId ?? '')).map(({ type }) => type)).toEqual([
      'STRIKE_ISSUED',
      'STRIKE_LIFTED',
    ]);
    expect((await give(vic)).step).toBe('banned');
  });

  test('by the clock open it at the minute, also while the server is down; its return tells once', async () => {
    const vic = await newPerson();
    const first = await give(vic);
    now += 10 * DAY;
    await giveMany(vic, 2);
    expect(await isBanned(vic)).toBe(true);
    expect(await isBanned(vic, new Date(first.expiresAt.getTime() - 1))).toBe(true);
    expect(await isBanned(vic, first.expiresAt)).toBe(false);
    now = first.expiresAt.getTime() + 3 * DAY;
    expect(await activeBans(vic)).toHaveLength(1);
    await runDue();
    await runDue();
    expect(await activeBans(vic)).toEqual([]);
    expect(await letters(vic, 'strike_ended')).toEqual([
      'A strike has ended after 90 days. Still active: 2.\n\n' +
        'Fewer than three strikes are active, so your account is open again.',
    ]);
    const [ban] = await db.sql<{ deactivated_at: Date }>(
      'select deactivated_at from admin_penalties where user_id = $1',
      [vic],
    );
    expect(ban?.deactivated_at).toEqual(first.expiresAt);
    expect((await audited(first.strikeId)).map(({ type }) => type)).toEqual(['STRIKE_ISSUED', 'STRIKE_EXPIRED']);
  });

  test('a new third strike before the end of an old one was told is a new ban', async () => {
    const vic = await newPerson();
    const old = await give(vic);
    now += DAY;
    const [, third] = await giveMany(vic, 2);
    now = old.expiresAt.getTime() + 1;
    const next = await give(vic);
    expect(next.bannedBy).not.toBe(third?.bannedBy);
    expect(await activeBans(vic)).toHaveLength(1);
    await runDue();
    expect(await isBanned(vic)).toBe(true);
    expect(await activeBans(vic)).toMatchObject([{ id: next.bannedBy }]);
  });
});

const act = fc.oneof(
  fc.record({ do: fc.constant('give' as const), by: fc.constantFrom('platform', 'a', 'b') }),
  fc.record({ do: fc.constant('lift' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 60 }), jobs: fc.boolean() }),
);

test('property: whatever is given, lifted and waited for, in any order, the account is closed exactly while three are in force', async () => {
  const channels = { platform: null, a: await newPerson(), b: await newPerson() };
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const vic = await newPerson();
      const model: { id: string; by: keyof typeof channels; endsAt: number; lifted: boolean }[] = [];
      for (const each of acts) {
        if (each.do === 'give') {
          const by = each.by as keyof typeof channels;
          const channelId = channels[by];
          const given = await give(vic, channelId === null ? {} : { channelId });
          model.push({ id: given.strikeId, by, endsAt: given.expiresAt.getTime(), lifted: false });
        } else if (each.do === 'lift') {
          const strike = model[each.which];
          if (strike === undefined) continue;
          strike.lifted = true;
          await lift(strike.id);
        } else {
          now += each.days * DAY;
          if (each.jobs) await runDue();
        }
        const inForce = model.filter((strike) => !strike.lifted && strike.endsAt > now);
        const sources = new Set(inForce.map(({ by }) => by));
        const closed = inForce.length >= 3 && (sources.size > 1 || sources.has('platform'));
        expect(await isBanned(vic)).toBe(closed);
      }
      await runDue();
      expect((await activeBans(vic)).length === 1).toBe(await isBanned(vic));
    }),
    { numRuns: 15 },
  );
});
