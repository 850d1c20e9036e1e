import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { makePerson } from '../../test/kit/people.ts';
import type { Actor, Person } from '../actor.ts';
import { AppError } from '../errors.ts';
import { isUniqueViolation } from './postgres-errors.ts';
import { notifications, profiles, streamKeys } from './schema/index.ts';

const GUEST: Actor = { kind: 'guest', guestId: null };

describe('acting in the database', () => {
  let db: TestDatabase;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    db = await testDatabase();
    alice = await makePerson(db, 'Alice');
    bob = await makePerson(db, 'Bob');
    await db.sql(
      "insert into notifications (id, user_id, kind, text, created_at) values ('n1', $1, 'hello', 'Hello', $2)",
      [alice.userId, new Date()],
    );
  });
  afterAll(() => db.drop());

  test('each actor works under the role of what it is, and the login itself comes back afterwards', async () => {
    const who = sql`select current_user as role, app_me() as me`;
    const asGuest = await db.database.asActor(GUEST, (tx) => tx.execute(who));
    const asAlice = await db.database.asActor(alice, (tx) => tx.execute(who));
    const asSystem = await db.database.asSystem('a test', (tx) => tx.execute(who));
    const outside = await db.database.publicRead((read) => read.execute(who));
    expect([asGuest, asAlice, asSystem, outside].map((result) => result.rows[0])).toEqual([
      { role: 'app_guest', me: null },
      { role: 'app_user', me: alice.userId },
      { role: 'app_system', me: null },
      { role: 'app', me: null },
    ]);
  });

  test('a person reads their own notices and nobody else does', async () => {
    const read = (actor: Actor) =>
      db.database.asActor(actor, (tx) => tx.select({ id: notifications.id }).from(notifications));
    expect(await read(alice)).toEqual([{ id: 'n1' }]);
    expect(await read(bob)).toEqual([]);
    await expect(read(GUEST)).rejects.toThrow();
  });

  test('RESET ROLE inside a transaction leads to the login, which owns nothing and sees nothing guarded', async () => {
    const read = db.database.asActor(bob, async (tx) => {
      await tx.execute(sql`reset role`);
      return tx.select({ id: notifications.id }).from(notifications);
    });
    await expect(read).rejects.toMatchObject({ cause: { code: '42501' } });
    const keys = db.database.asActor(bob, async (tx) => {
      await tx.execute(sql`reset role`);
      return tx.select().from(streamKeys);
    });
    await expect(keys).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  test('a transaction that throws leaves nothing behind, and the error comes out as it went in', async () => {
    const refused = new AppError('not_allowed');
    await expect(
      db.database.asActor(alice, async (tx) => {
        await tx.update(profiles).set({ bio: 'lost' });
        throw refused;
      }),
    ).rejects.toBe(refused);
    const [row] = await db.sql<{ bio: string }>('select bio from profiles where id = $1', [alice.userId]);
    expect(row?.bio).toBe('');
  });

  test('an update without a filter reaches the actor’s own row alone', async () => {
    await db.database.asActor(alice, (tx) => tx.update(profiles).set({ bio: 'mine' }));
    const rows = await db.sql<{ bio: string }>('select bio from profiles order by display_name');
    expect(rows.map((row) => row.bio)).toEqual(['mine', '']);
  });

  test('nobody gives themselves a tier or a role', async () => {
    const promote = db.database.asActor(alice, (tx) => tx.update(profiles).set({ role: 'admin' }));
    await expect(promote).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  test('two transactions that wait for each other both succeed: the loser runs again', async () => {
    const touch = (id: string) => sql`update channels set description = description || 'x' where id = ${id}`;
    let runs = 0;
    const both = [
      [alice.userId, bob.userId],
      [bob.userId, alice.userId],
    ].map(([first = '', second = '']) =>
      db.database.asSystem('a test', async (tx) => {
        runs++;
        await tx.execute(touch(first));
        await tx.execute(sql`select pg_sleep(0.1)`);
        await tx.execute(touch(second));
      }),
    );
    await Promise.all(both);
    expect(runs).toBe(3);
    const rows = await db.sql<{ description: string }>('select description from channels');
    expect(rows.map((row) => row.description)).toEqual(['xx', 'xx']);
  });

  test('a unique violation names its constraint', async () => {
    const again = db.database.asSystem('a test', (tx) =>
      tx.insert(profiles).values({
        id: alice.userId,
        displayName: 'A',
        displayNameSkeleton: 'a',
        createdAt: new Date(),
        updatedAt: new Date(),
      }),
    );
    const error = await again.catch((failure: unknown) => failure);
    expect(isUniqueViolation(error, 'profiles_pkey')).toBe(true);
    expect(isUniqueViolation(error, 'another')).toBe(false);
  });

  test('a connection that is cut is storage_unavailable, and the next call works again', async () => {
    const cut = db.database.asActor(alice, async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await db.sql('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await tx.execute(sql`select 1`);
    });
    await expect(cut).rejects.toMatchObject({ code: 'storage_unavailable' });
    await db.ping();
    await expect(
      db.database.asActor(alice, (tx) => tx.select({ id: notifications.id }).from(notifications)),
    ).resolves.toHaveLength(1);
  });

  test('a database that takes no writes answers storage_unavailable', async () => {
    const write = db.database.asActor(alice, async (tx) => {
      await tx.execute(sql`set transaction read only`);
      await tx.update(profiles).set({ bio: 'never' });
    });
    await expect(write).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});
