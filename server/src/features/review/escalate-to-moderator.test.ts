import type { UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import type { Person } from '../../actor.ts';
import { escalateToModerator, type NewReviewItem } from './escalate-to-moderator.ts';

let db: TestDatabase;
let author: Person;
beforeAll(async () => {
  db = await testDatabase();
  author = await makePerson(db, 'Author');
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.sql(`update profiles set role = 'user'`);
  await db.sql('delete from moderator_review_queue');
});

const AT = new Date('2027-03-01T12:00:00.000Z');
const comment = (fields: Partial<NewReviewItem> = {}, contentId: string = uuidv7()): NewReviewItem => ({
  violationId: null,
  userId: author.userId,
  reportedByAi: true,
  source: { type: 'comment', contentId, streamId: null, channelId: null, videoId: 'v', createdAt: AT },
  preview: 'a text',
  riskScore: 0.7,
  category: 'hate',
  at: AT,
  ...fields,
});
const open = (item: NewReviewItem) => db.database.asSystem('a text is held', (tx) => escalateToModerator(tx, item));
const assignedTo = async (item: NewReviewItem) => {
  const [row] = await db.sql<{ assigned_moderator_id: string | null }>(
    'select assigned_moderator_id from moderator_review_queue where id = $1',
    [await open(item)],
  );
  return row?.assigned_moderator_id ?? null;
};
const staff = async (name: string) => {
  const person = await makePerson(db, name, 'moderator');
  await db.sql(
    `insert into auth.user (id, name, email, "emailVerified", "createdAt", "updatedAt") values ($1, $2, $3, true, now(), now())`,
    [person.userId, name, `${person.userId}@example.org`],
  );
  return person;
};
const signIn = (person: Person, days: number) =>
  db.sql(
    `insert into auth.session (id, token, "userId", "createdAt", "updatedAt", "expiresAt")
     values ($1, $1, $2, now(), now(), now() + make_interval(days => $3))`,
    [uuidv7(), person.userId, days],
  );

describe('a text without a channel goes to', () => {
  test('the moderator of the platform with the fewest open items', async () => {
    const [one, two] = [await staff('One'), await staff('Two')];
    const got = [];
    for (let n = 0; n < 6; n++) got.push(await assignedTo(comment()));
    expect(got.filter((id) => id === one.userId)).toHaveLength(3);
    expect(got.filter((id) => id === two.userId)).toHaveLength(3);
    // What was decided is no work any more.
    await db.sql(
      `update moderator_review_queue set resolution_status = 'approved', resolution_timestamp = now() where assigned_moderator_id = $1`,
      [two.userId],
    );
    expect([await assignedTo(comment()), await assignedTo(comment())]).toEqual([two.userId, two.userId]);
  });

  test('one who is signed in, before any who is not, however much they have', async () => {
    const [away, there, expired] = [await staff('Away'), await staff('There'), await staff('Expired')];
    await signIn(there, 1);
    await signIn(expired, -1);
    for (let n = 0; n < 4; n++) expect(await assignedTo(comment())).toBe(there.userId);
    expect(away.userId).not.toBe(there.userId);
  });

  test('several at once: they are shared out all the same', async () => {
    const people = [await staff('A'), await staff('B'), await staff('C')];
    const got = await Promise.all(Array.from({ length: 9 }, () => assignedTo(comment())));
    const shares = people.map(({ userId }) => got.filter((id) => id === userId).length);
    expect(shares).toEqual([3, 3, 3]);
  });

  test('nobody who wrote it or is banned; with none left it waits unassigned', async () => {
    const only = await staff('Only');
    expect(await assignedTo(comment({ userId: only.userId as UserId }))).toBeNull();
    await db.sql(
      `insert into admin_penalties (id, user_id, severity, reason, issued_at) values ($1, $1, 'permanent', 'r', now())`,
      [only.userId],
    );
    expect(await assignedTo(comment())).toBeNull();
  });

  test('nobody whom the message was written to, who would judge what concerns them', async () => {
    const only = await staff('Recipient');
    const contentId = uuidv7();
    await db.sql(
      `insert into direct_messages (id, pair, from_user_id, to_user_id, message, status, scored_by, created_at)
       values ($1, 'a b', $2, $3, 'a text', 'held', 'rules', now())`,
      [contentId, author.userId, only.userId],
    );
    const { source, ...message } = comment({}, contentId);
    const held = { ...message, source: { ...source, type: 'inboxMessage', videoId: null } } as const;
    expect(await assignedTo(held)).toBeNull();
    expect(await assignedTo(comment())).toBe(only.userId);
  });

  test('nobody where it has a channel, or goes to the admins at once', async () => {
    await staff('Idle');
    const onChannel = comment();
    const source = { ...onChannel.source, type: 'live', streamId: 's', channelId: author.userId } as never;
    expect(await assignedTo({ ...onChannel, source })).toBeNull();
    const id = await open(comment({ escalation: { trigger: 'multi_violation', note: null } }));
    const [row] = await db.sql(
      'select resolution_status, assigned_moderator_id, escalation_trigger, escalated_by from moderator_review_queue where id = $1',
      [id],
    );
    expect(row).toEqual({
      resolution_status: 'escalated',
      assigned_moderator_id: null,
      escalation_trigger: 'multi_violation',
      escalated_by: null,
    });
  });
});

describe('an item', () => {
  test('is one a text while it waits, also when ten say so at once, and another afterwards', async () => {
    const contentId = uuidv7();
    const ids = new Set(await Promise.all(Array.from({ length: 10 }, () => open(comment({}, contentId)))));
    expect(ids.size).toBe(1);
    await db.sql(`update moderator_review_queue set resolution_status = 'approved', resolution_timestamp = now()`);
    expect(ids.has(await open(comment({}, contentId)))).toBe(false);
  });

  test('heads the queue when it concerns minors, and shows the beginning of a long text', async () => {
    const long = '🙂'.repeat(700);
    const id = await open(comment({ category: 'minors', preview: long }));
    const [row] = await db.sql<{ heads_queue: boolean; content_preview: string }>(
      'select heads_queue, content_preview from moderator_review_queue where id = $1',
      [id],
    );
    expect([row?.heads_queue, row?.content_preview]).toEqual([true, `${'🙂'.repeat(499)}…`]);
  });
});
