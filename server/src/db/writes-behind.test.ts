import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { exclusively } from './exclusive.ts';
import { writeBehind } from './writes-behind.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.sql('create table notes (word text primary key)');
  await db.sql('grant select, insert on notes to app_system');
});
afterAll(() => db.drop());

type Tx = Parameters<typeof writeBehind>[0];
const note = (tx: Tx, word: string) => tx.execute(sql`insert into notes values (${word})`);
const noteBehind = (tx: Tx, word: string) => writeBehind(tx, note(tx, word));
const notes = async () =>
  (await db.sql<{ word: string }>('select word from notes order by word')).map(({ word }) => word);
const asSystem = (work: (tx: Tx) => Promise<unknown>) => db.database.asSystem('a test', work);
/** What drizzle says of a failure, with what PostgreSQL says. */
const duplicate = { cause: expect.objectContaining({ code: '23505' }) };

test('a write behind is there for what follows, and after the commit', async () => {
  const seen = await asSystem(async (tx) => {
    noteBehind(tx, 'a');
    return (await tx.execute(sql`select word from notes`)).rows;
  });
  expect(seen).toEqual([{ word: 'a' }]);
  expect(await notes()).toEqual(['a']);
});

test('when it fails nothing is committed, and its reason is heard', async () => {
  const alone = asSystem(async (tx) => {
    await note(tx, 'b');
    noteBehind(tx, 'a');
  });
  await expect(alone).rejects.toMatchObject(duplicate);
  const withMoreBehindIt = asSystem(async (tx) => {
    noteBehind(tx, 'a');
    await note(tx, 'b');
  });
  await expect(withMoreBehindIt).rejects.toMatchObject(duplicate);
  const underALock = exclusively(db.systemPool, 5, (transact) =>
    transact(async (tx) => {
      await note(tx, 'b');
      noteBehind(tx, 'a');
    }),
  );
  await expect(underALock).rejects.toMatchObject(duplicate);
  expect(await notes()).toEqual(['a']);
});

test('one that was taken back with a savepoint does not hold up the rest', async () => {
  await asSystem(async (tx) => {
    await tx.execute(sql`savepoint try`);
    noteBehind(tx, 'a');
    await expect(note(tx, 'never')).rejects.toThrow();
    await tx.execute(sql`rollback to savepoint try`);
    await note(tx, 'c');
  });
  expect(await notes()).toEqual(['a', 'c']);
});

test('a transaction that somebody broke and went on with is no success', async () => {
  const swallowed = asSystem(async (tx) => {
    await note(tx, 'a').catch(() => undefined);
    return 'all is well';
  });
  await expect(swallowed).rejects.toThrow('broken before its commit');
});

test('an action that is refused after its write leaves nothing', async () => {
  const refused = asSystem(async (tx) => {
    noteBehind(tx, 'd');
    throw new Error('refused');
  });
  await expect(refused).rejects.toThrow('refused');
  expect(await notes()).toEqual(['a', 'c']);
});

test('a connection that is lost on the way fails the action alone, and the next one is served', async () => {
  const cut = asSystem(async (tx) => {
    const [row] = (await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows;
    noteBehind(tx, 'e');
    writeBehind(tx, tx.execute(sql`select pg_sleep(5)`));
    writeBehind(tx, tx.execute(sql`select 1`));
    await db.sql('select pg_terminate_backend($1)', [row?.pid]);
    await note(tx, 'f');
  });
  await expect(cut).rejects.toThrow();
  await asSystem((tx) => note(tx, 'g'));
  expect(await notes()).toEqual(['a', 'c', 'g']);
});
