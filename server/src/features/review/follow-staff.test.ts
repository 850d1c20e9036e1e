import type { UserId } from '@virgil/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import { makeModerator, makeReviewItem } from '../../../test/kit/review-items.ts';
import type { Person } from '../../actor.ts';
import { followStaff } from './follow-staff.ts';

let db: TestDatabase;
let author: Person;
let owner: Person;
let leaving: Person;
const AT = new Date('2027-03-01T12:00:00.000Z');
beforeAll(async () => {
  db = await testDatabase();
  author = await makePerson(db, 'Author');
  owner = await makePerson(db, 'Owner');
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.sql(`update profiles set role = 'user'`);
  await db.sql('delete from moderator_review_queue');
  leaving = await makePerson(db, 'Leaving', 'moderator');
});

const follow = (at = AT) =>
  followStaff({ database: db.database, clock: { now: () => at } }, { userId: leaving.userId as UserId });
const dismiss = () => db.sql(`update profiles set role = 'user' where id = $1`, [leaving.userId]);
const ban = () =>
  db.sql(
    `insert into admin_penalties (id, user_id, severity, reason, issued_at) values ($1, $1, 'permanent', 'r', now())`,
    [leaving.userId],
  );
const comment = (fields: { assignedTo?: Person; author?: Person } = {}) =>
  makeReviewItem(db, { author, source: 'comment', assignedTo: leaving, ...fields });
const claim = (id: string, by: Person) =>
  db.sql(
    `update moderator_review_queue set claimed_by = $2, claimed_at = $3, claim_expires_at = $3::timestamptz + interval '5 min'
     where id = $1`,
    [id, by.userId, AT],
  );
const rows = () => db.sql<Record<string, unknown>>('select * from moderator_review_queue order by id');
const item = async (id: string) => (await rows()).find((row) => row.id === id);

test.each([
  ['lost the role', dismiss],
  ['was banned', ban],
])('what waits for a moderator who %s is shared out among the others, once', async (_, leave) => {
  const [one, two] = [await makePerson(db, 'One', 'moderator'), await makePerson(db, 'Two', 'moderator')];
  // One has work already, and wrote one of the texts.
  await comment({ assignedTo: one });
  const ids = [await comment(), await comment(), await comment()];
  const byOne = await comment({ author: one });
  const decided = await comment();
  await db.sql(
    `update moderator_review_queue set resolution_status = 'approved', resolution_timestamp = now() where id = $1`,
    [decided],
  );
  await leave();
  await Promise.all([follow(), follow()]);
  const after = await rows();
  const got = (who: Person) =>
    after.filter((row) => row.assigned_moderator_id === who.userId && row.resolution_status === 'pending').length;
  // The last one is of One, and goes to Two whatever Two has.
  expect([got(one), got(two), got(leaving)]).toEqual([2, 3, 0]);
  expect(ids.every((id) => after.some((row) => row.id === id && row.assigned_moderator_id !== leaving.userId))).toBe(
    true,
  );
  expect(await item(byOne)).toMatchObject({ assigned_moderator_id: two.userId });
  expect(await item(decided)).toMatchObject({ assigned_moderator_id: leaving.userId });
  await follow(new Date(AT.getTime() + 60_000));
  expect(await rows()).toEqual(after);
});

test('with nobody left it waits unassigned, for the admins', async () => {
  const id = await comment();
  await dismiss();
  await follow();
  expect(await item(id)).toMatchObject({ assigned_moderator_id: null, resolution_status: 'pending' });
});

test('what they had taken is free; what others hold, or they hold as a moderator of its channel, stays', async () => {
  const other = await makePerson(db, 'Other', 'moderator');
  await makeModerator(db, owner, leaving);
  const [theirs, held] = [await comment(), await comment()];
  const onChannel = await makeReviewItem(db, { author, channel: owner });
  await claim(theirs, leaving);
  await claim(held, other);
  await claim(onChannel, leaving);
  await dismiss();
  await follow();
  expect(await item(theirs)).toMatchObject({ claimed_by: null, claimed_at: null, claim_expires_at: null });
  expect(await item(held)).toMatchObject({ claimed_by: other.userId });
  expect(await item(onChannel)).toMatchObject({ claimed_by: leaving.userId });
  await ban();
  await follow();
  expect(await item(onChannel)).toMatchObject({ claimed_by: null, claimed_at: null, claim_expires_at: null });
  expect(await item(held)).toMatchObject({ claimed_by: other.userId });
});

test('whoever only changed their name, or became an admin, keeps everything', async () => {
  await makePerson(db, 'Idle', 'moderator');
  await claim(await comment(), leaving);
  const before = await rows();
  await follow();
  expect(await rows()).toEqual(before);
  await db.sql(`update profiles set role = 'admin' where id = $1`, [leaving.userId]);
  await follow();
  expect(await rows()).toEqual(before);
});
