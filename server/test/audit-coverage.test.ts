/**
 * Whatever changes something leaves exactly one audit entry, of the type its declaration names and by whoever did it;
 * further entries of the same moment are consequences and have nobody, or another type. Read off the contract, so that
 * an operation that is added later is tried here without being listed.
 */
import { type Audited, COMMANDS, OPERATIONS, type Operation } from '@virgil/contract';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, type TestApp, testApp } from './kit/app.ts';
import { exampleOf, makeWorld, NEVER_SUCCEEDS, refreshWorld, type World } from './operation-examples.ts';

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await testApp();
  world = await makeWorld(app);
}, 60_000);
afterAll(() => app.close());

interface Entry {
  readonly type: string;
  readonly actor_id: string | null;
}
const countEntries = async () => {
  await app.settle();
  const [row] = await app.storage.sql<{ n: number }>('select count(*)::integer as n from audit_index');
  return row?.n ?? 0;
};
async function entriesAfter(count: number): Promise<Entry[]> {
  await app.settle();
  return app.storage.sql<Entry>('select type, actor_id from audit_index order by log, seq offset $1', [count]);
}
const typesOf = (audited: Audited): readonly string[] =>
  typeof audited === 'string' ? [audited] : 'none' in audited ? [] : audited;

/** The first to whom the operation is not refused, and what that one call left behind. */
async function callAsWhoeverMay(operation: Operation, types: readonly string[]) {
  const { who } = operation;
  for (const isLast of [false, true]) {
    const people: SignedIn[] = who === 'admin' ? [world.admin] : [world.user, world.owner, world.subject, world.admin];
    for (const person of people) {
      const before = await countEntries();
      const input = exampleOf(operation, world);
      const { problem } = await person.attempt(operation, input as never);
      const entries = await entriesAfter(before);
      // Where it was so already nothing changed: somebody else, or a fresh world, will see it change.
      const hasChanged = types.length === 0 || entries.some(({ type }) => types.includes(type));
      if (problem === null && (hasChanged || (isLast && person === people.at(-1)))) return { person, input, entries };
      if (problem === null) continue;
      // A refusal is no act, and leaves no entry by whoever was refused.
      const own = entries.filter((entry) => entry.actor_id === person.id);
      expect([operation.id, problem.code, own]).toEqual([operation.id, problem.code, []]);
      if (isLast && person === people.at(-1)) throw new Error(`${operation.id}: ${problem.code} to everybody`);
    }
    // What was there may have been used up by an operation before.
    world = await refreshWorld(app, world);
  }
  throw new Error('never');
}

const tried = OPERATIONS.filter(({ id, who }) => !NEVER_SUCCEEDS.includes(id) && who !== 'test-mode');
const changing = tried.filter(({ method }) => method !== 'GET');
const reading = tried.filter(({ method }) => method === 'GET');

describe.each(changing.map((operation) => [operation.id, operation] as const))('%s', (_id, operation) => {
  const { audit } = operation;
  if (audit === undefined) throw new Error(`${operation.id} does not say what it leaves in the audit log`);
  const types = typesOf(audit);

  it(types.length === 0 ? 'leaves nothing in the audit log' : `leaves one ${types.join(' or ')}`, async () => {
    const { person, input, entries } = await callAsWhoeverMay(operation, types);
    const acted = entries.filter(
      ({ actor_id: actor }) => actor === person.id || (operation.who === 'anyone' && actor === null),
    );
    const own = types.length === 0 ? acted : acted.filter(({ type }) => types.includes(type));
    expect([operation.id, own.map(({ type }) => type)]).toEqual([
      operation.id,
      types.length === 0 ? [] : [expect.toBeOneOf([...types])],
    ]);
    // Putting and removing once more changes nothing, so there is nothing to record. (A picture is made anew.)
    if (operation.upload !== undefined || !['PUT', 'DELETE', 'PATCH'].includes(operation.method)) return;
    const before = await countEntries();
    await person.attempt(operation, input as never);
    const repeated = (await entriesAfter(before)).filter(({ actor_id: actor }) => actor === person.id);
    expect([operation.id, 'again', repeated]).toEqual([operation.id, 'again', []]);
  });
});

it('reading leaves nothing in the audit log', async () => {
  world = await refreshWorld(app, world);
  const before = await countEntries();
  for (const operation of reading) {
    const input = exampleOf(operation, world);
    for (const person of [world.user, world.owner, world.admin]) await person.attempt(operation, input as never);
  }
  const people = [world.user.id, world.owner.id, world.admin.id] as string[];
  expect((await entriesAfter(before)).filter(({ actor_id: actor }) => people.includes(actor ?? ''))).toEqual([]);
});

describe('commands', () => {
  let socket: Socket;
  beforeAll(async () => {
    world = await refreshWorld(app, world);
    // Decisions tried above may have removed it.
    await app.storage.sql('update videos set removal = null, is_public = true where id = $1', [world.videoId]);
    socket = world.user.socket();
    await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
  });
  afterAll(() => socket.disconnect());

  const inStream =
    (fields: object = {}) =>
    () => ({ streamId: world.streamId, ...fields });
  const ofVideo = () => ({ videoId: world.videoId });
  const INPUTS: Record<string, () => object> = {
    'join-stream': inStream(),
    'chat-message': inStream({ message: 'Nel mezzo del cammin' }),
    'send-tip': inStream({ amount: 100, currency: 'EUR', idempotencyKey: 'the-tip-of-the-socket' }),
    reaction: inStream({ type: 'heart' }),
    'leave-stream': inStream(),
    'watch-comments': ofVideo,
    'unwatch-comments': ofVideo,
    'watch-queue': () => ({ itemId: null }),
  };

  /** Reactions are written every five minutes, and who leaves may come back within one. */
  const WAITS: Record<string, number> = { reaction: 5 * 60_000, 'leave-stream': 61_000 };

  it('are all tried, in an order in which they make sense', () => {
    expect(Object.keys(INPUTS).sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  });

  it.each(Object.entries(INPUTS))('%s leaves one entry of its type, or none where it says so', async (name, input) => {
    const command = COMMANDS.find((one) => one.name === name);
    const before = await countEntries();
    const answer = await socket.timeout(5_000).emitWithAck(name, input());
    expect([name, answer]).toEqual([name, expect.objectContaining({ ok: true })]);
    const types = typesOf(command?.audit ?? []);
    await app.advance(WAITS[name] ?? 0);
    if (types.length === 0) {
      const own = (await entriesAfter(before)).filter(({ actor_id: actor }) => actor === world.user.id);
      return expect(own).toEqual([]);
    }
    await expect
      .poll(
        async () =>
          (await entriesAfter(before)).filter(({ type }) => types.includes(type)).map(({ actor_id }) => actor_id),
        {
          timeout: 5_000,
        },
      )
      // Reactions are counted for the stream, not for whoever reacted.
      .toEqual([name === 'reaction' ? null : world.user.id]);
  });
});

it('and nothing in all these entries tells openly who did what, or in what words', async () => {
  await app.settle();
  const leaves = await app.storage.sql<{ leaf: Buffer }>('select leaf from audit_entries');
  const people = await app.storage.sql<{ id: string; name: string; bio: string }>(
    'select id, display_name as name, bio from profiles',
  );
  const told = people.flatMap(({ id, name, bio }) => [id, name, ...(bio === '' ? [] : [bio])]);
  told.push(...[world.user, world.owner, world.admin, world.subject].map(({ email }) => email), 'Nel mezzo del cammin');
  const found = leaves.flatMap(({ leaf }) =>
    told.filter((text) => leaf.includes(text)).map((text) => [text, leaf.toString()]),
  );
  expect(found).toEqual([]);
});
