import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openCheckpoint, parseVerifier, verifyReceipt } from 'virgil-tlog';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditKit, auditKit } from '../../../test/kit/audit-kit.ts';
import { makePerson } from '../../../test/kit/people.ts';
import type { Caller, Person } from '../../actor.ts';
import { giveReceipt } from './give-receipt.ts';
import { readEntry } from './read-entry.ts';
import { restartLog } from './restart-log.ts';

const REASON = 'The newest copy of the database was lost with its disk.';

let kit: AuditKit;
let admin: Person;
let caller: Caller;
let first: string;
beforeEach(async () => {
  kit = await auditKit();
  admin = await makePerson(kit.db, 'Admin', 'admin');
  caller = {
    actor: admin,
    scopes: new Set(),
    via: 'session',
    mustEnrolTwoFactor: false,
    isBanned: false,
    ip: '127.0.0.1',
  };
  [first = ''] = await kit.record({ actorId: admin.userId });
  await kit.record({}, {});
  await kit.log.settle();
});
afterEach(() => kit.close());

/** The last entries are gone, as after the restore of an older copy. */
async function restoreOlder(): Promise<void> {
  for (const table of ['audit_entries', 'audit_checkpoints'])
    await kit.db.sql(`alter table ${table} disable trigger append_only`);
  await kit.db.sql('delete from audit_entries where seq > 2');
  await kit.db.sql('delete from audit_index where seq > 2');
  await kit.db.sql('delete from audit_checkpoints');
  const { root } = (await kit.db.sql<{ root: Buffer }>(`select sha256('any') as root`))[0] ?? {};
  await kit.db.sql('insert into audit_checkpoints values (1, 3, $1, now())', [root]);
}
const types = async (log: number) =>
  (await kit.db.sql<{ type: string }>('select type from audit_index where log = $1 order by seq', [log])).map(
    ({ type }) => type,
  );

describe('a new log', () => {
  test('is refused while the old one goes on', async () => {
    await expect(restartLog(kit.log, caller, REASON)).rejects.toMatchObject({ code: 'already_decided' });
  });

  test('begins under another name and key, says what was published last, and takes what waited', async () => {
    const before = await kit.log.published.read();
    await restoreOlder();
    await kit.record({});
    await kit.log.settle();
    expect(kit.log.sequencer.refusal).toMatchObject({ reason: 'restored', publishedSize: 4, localSize: 3 });
    const state = await restartLog(kit.log, caller, REASON);
    expect(state).toMatchObject({ log: 2, size: 2, waiting: 0, refusal: null });
    expect(state.origin).not.toBe(before?.origin);
    expect((await types(2)).sort()).toEqual(['LOG_STARTED', 'STRIKE_ISSUED']);
    const [row] = await kit.db.sql<{ event_id: string }>(
      `select event_id from audit_index where log = 2 and type = 'LOG_STARTED'`,
    );
    const entry = await readEntry(kit.log, caller, row?.event_id ?? '');
    expect(entry.details).toMatchObject({
      keys: state.keys.map(({ verifier }) => verifier),
      previous: {
        reason: 'restored',
        origin: before?.origin,
        publishedSize: 4,
        publishedRoot: before?.root,
        localSize: 3,
      },
    });
    expect(entry.people[0]).toMatchObject({ person: { displayName: 'Admin' }, personal: { reason: REASON } });
    const keys = state.keys.map(({ verifier }) => parseVerifier(verifier));
    expect(openCheckpoint(state.checkpoint ?? '', { origin: state.origin ?? '', keys }).checkpoint.size).toBe(2);
  });

  test('goes on growing, also after the next start', async () => {
    await restoreOlder();
    await kit.log.settle();
    await restartLog(kit.log, caller, REASON);
    await kit.restart();
    await kit.record({});
    await kit.log.settle();
    expect(kit.log.sequencer.refusal).toBeNull();
    expect(await kit.log.published.read()).toMatchObject({ log: 2, size: 2 });
  });

  test('leaves receipts of the old one valid, where its entries are still what was published', async () => {
    const published = await kit.log.published.read();
    const keys = (await kit.log.ring.signerOf(1))?.verifiers.map(parseVerifier) ?? [];
    // Somebody says that the log is another one, and nothing of it was lost.
    kit.log.sequencer.refuse({ reason: 'witness_forked', publishedSize: 9, localSize: 4 });
    await restartLog(kit.log, caller, REASON);
    const receipt = await giveReceipt(kit.log, caller, first);
    expect(verifyReceipt(String(receipt.body), { origin: published?.origin ?? '', keys }).index).toBe(1);
  });

  test('is not begun by itself where the secret of people’s keys is missing: once it is back, nothing was lost', async () => {
    const secret = path.join(kit.folder, 'audit', 'person-key-secret');
    const kept = await readFile(secret);
    await kit.log.stop();
    await rm(secret);
    await kit.restart();
    await kit.record({ actorId: admin.userId });
    await kit.log.settle();
    expect(kit.log.sequencer.refusal).toMatchObject({ reason: 'key_missing' });
    await kit.log.stop();
    await writeFile(secret, kept);
    await kit.restart();
    await kit.log.settle();
    expect(kit.log.sequencer.refusal).toBeNull();
    expect((await readEntry(kit.log, caller, first)).people[0]).toMatchObject({ person: { displayName: 'Admin' } });
  });

  test('works in a data folder that lost everything: what was sealed before is lost, what comes is not', async () => {
    await kit.restart();
    await rm(path.join(kit.folder, 'audit'), { recursive: true });
    await kit.restart();
    await kit.record({ actorId: admin.userId });
    await kit.log.settle();
    expect(kit.log.sequencer.refusal).toMatchObject({ reason: 'key_missing', localSize: 4 });
    await restartLog(kit.log, caller, REASON);
    const [id = ''] = await kit.record({ actorId: admin.userId, details: { reason: 'Read me.' } });
    await kit.log.settle();
    expect((await readEntry(kit.log, caller, id)).people[0]).toMatchObject({
      person: { displayName: 'Admin' },
      words: { reason: 'Read me.' },
    });
    expect(await readEntry(kit.log, caller, first)).toMatchObject({ people: [{ person: null }], proof: null });
  });
});

describe('no act stops those behind it', () => {
  test('a text that grows when it is put into its one form is measured as it will be stored', async () => {
    const text = '\u{1d160}'.repeat(5_000);
    await expect(kit.record({ personal: [{ userId: admin.userId, data: { text } }] })).rejects.toThrow(/too many/);
    await kit.record({ personal: [{ userId: admin.userId, data: { text: text.slice(0, 4_000) } }] });
    await kit.log.settle();
    expect(await kit.db.sql('select id from audit_outbox')).toEqual([]);
  });

  test('one that cannot be an entry leaves one that says so', async () => {
    await kit.db.sql(
      `insert into audit_outbox (type, entity, entity_id, at, event_id, details)
       values ('STRIKE_ISSUED', 'strike', 'x', now(), 'too-large', jsonb_build_object('list', array_fill('abcdefgh'::text, array[9000])))`,
    );
    const [behind = ''] = await kit.record({});
    await kit.log.settle();
    expect((await readEntry(kit.log, caller, 'too-large')).details).toEqual({ unreadable: true });
    expect((await readEntry(kit.log, caller, behind)).proof).not.toBeNull();
  });
});
