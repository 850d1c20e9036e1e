import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { openCheckpoint, parseVerifier } from 'virgil-tlog';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditKit, auditKit } from '../../../test/kit/audit-kit.ts';
import { fingerprintOf } from './person-keys.ts';

let kit: AuditKit;
beforeEach(async () => {
  kit = await auditKit();
});
afterEach(() => kit.close());

const published = async () => {
  const last = await kit.log.published.read();
  if (last?.note == null) throw new Error('nothing was published');
  return last;
};
const eventsInOrder = async () =>
  (await kit.db.sql<{ event_id: string }>('select event_id from audit_index order by log, seq')).map(
    (row) => row.event_id,
  );
const sizes = async () =>
  (await kit.db.sql<{ size: string }>('select size from audit_checkpoints order by log, size')).map(({ size }) =>
    Number(size),
  );

describe('the sequencer', () => {
  test('gives every act one place, without a gap, in one commit with its tree, and empties the outbox', async () => {
    const ids = await kit.record({}, {}, {});
    await kit.log.settle();
    const [, ...rest] = await eventsInOrder();
    expect(rest).toEqual(ids);
    expect(await kit.db.sql('select seq from audit_entries order by seq')).toEqual(
      ['0', '1', '2', '3'].map((seq) => ({ seq })),
    );
    expect(await kit.db.sql('select id from audit_outbox')).toEqual([]);
    expect((await published()).size).toBe(4);
  });

  test('skips no act whose number commits late', async () => {
    const late = new pg.Client({ connectionString: kit.db.urls.admin });
    await late.connect();
    await late.query('begin');
    const act = `insert into audit_outbox (type, entity, entity_id, at, event_id) values ('STRIKE_ISSUED', 'strike', 's', now(), 'late')`;
    await late.query(act);
    const [early] = await kit.record();
    await kit.log.settle();
    expect((await eventsInOrder()).slice(1)).toEqual([early]);
    await late.query('commit');
    await late.end();
    await kit.log.settle();
    expect((await eventsInOrder()).slice(1)).toEqual([early, 'late']);
  });

  test('takes many at once in batches, and full tiles lie ready', async () => {
    await kit.db.sql(
      `insert into audit_outbox (type, entity, entity_id, at) select 'STRIKE_ISSUED', 'strike', n::text, now() from generate_series(1, 1300) n`,
    );
    await kit.log.settle();
    expect(await sizes()).toEqual([500, 1000, 1301]);
    expect(await kit.db.sql('select level, n from audit_tiles order by n')).toHaveLength(5);
    await kit.restart();
    await kit.record();
    await kit.log.settle();
    expect((await published()).size).toBe(1302);
    expect(kit.log.sequencer.refusal).toBeNull();
  });

  test('of two servers writes one log', async () => {
    const [one, other] = [kit.log, await kit.restart()];
    await Promise.all([one.start(), other.start()]);
    await Promise.all(Array.from({ length: 40 }, () => kit.record()));
    await Promise.all([one.settle(), other.settle()]);
    await one.stop();
    expect(await eventsInOrder()).toHaveLength(41);
    expect((await published()).size).toBe(41);
  });

  test('keeps its key from other users of the machine, and the key signs what is served', async () => {
    await kit.record();
    await kit.log.settle();
    for (const name of ['log-keys.json', 'person-key-secret', 'hold-key-secret', 'published-checkpoint.json']) {
      expect([name, (await stat(path.join(kit.folder, 'audit', name))).mode & 0o777]).toEqual([name, 0o600]);
    }
    const last = await published();
    const signer = await kit.log.ring.signerOf(1);
    const keys = signer?.verifiers.map(parseVerifier) ?? [];
    expect(openCheckpoint(last.note ?? '', { origin: last.origin, keys }).checkpoint.size).toBe(2);
  });
});

describe('after a crash', () => {
  test('between commit and publication the very checkpoint is signed that would have been', async () => {
    await kit.record();
    await kit.log.settle();
    const file = path.join(kit.folder, 'audit', 'published-checkpoint.json');
    const before = await readFile(file, 'utf8');
    await kit.record();
    await kit.log.settle();
    const lost = await published();
    await kit.restart();
    await writeFile(file, before); // as if the power had gone right after the commit
    await kit.log.settle();
    expect((await published()).note).toBe(lost.note);
  });

  test('while the first log begins it begins all the same', async () => {
    await kit.record();
    await kit.log.settle();
    // Keys and the empty publication are there, the database knows nothing yet.
    const other = await auditKit();
    try {
      await other.log.ring.addLog(1, 'virgil.test/log/aaaa', fingerprintOf(other.log.wrapping), new Date());
      await other.record();
      await other.log.settle();
      expect((await other.log.published.read())?.origin).toBe('virgil.test/log/aaaa');
    } finally {
      await other.close();
    }
  });

  test('in the middle of a commit nothing of the batch is there, and the next one takes it', async () => {
    await kit.record();
    await kit.log.settle();
    await kit.db.sql(
      `create function fail() returns trigger language plpgsql as $$ begin raise exception 'cut'; end $$`,
    );
    await kit.db.sql('create trigger cut before insert on audit_checkpoints for each row execute function fail()');
    const [id] = await kit.record();
    await expect(kit.log.settle()).rejects.toThrow();
    expect(await eventsInOrder()).not.toContain(id);
    await kit.db.sql('drop trigger cut on audit_checkpoints');
    await kit.log.settle();
    expect(await eventsInOrder()).toContain(id);
  });
});

describe('nothing is signed', () => {
  const refusesAndKeeps = async (reason: string) => {
    const before = await kit.log.published.read();
    await kit.record();
    await kit.log.settle();
    expect(kit.log.sequencer.refusal).toMatchObject({ reason });
    await expect(kit.log.check()).rejects.toThrow(reason);
    expect(await kit.log.published.read()).toEqual(before);
    expect(await kit.db.sql('select id from audit_outbox')).toHaveLength(1);
  };
  /** What a superuser, or a restore, can do to the stored log: triggers and rights do not hold them. */
  const asRestored = (statements: string) =>
    kit.db.sql(`set session_replication_role = replica; alter table audit_entries disable trigger user;
      alter table audit_checkpoints disable trigger user; ${statements}; set session_replication_role = origin`);

  beforeEach(async () => {
    await kit.record({}, {});
    await kit.log.settle();
    await kit.record();
    await kit.log.settle();
  });

  test('after a restore to a smaller log', async () => {
    await asRestored(
      'delete from audit_checkpoints where size = 4; delete from audit_entries where seq = 3; delete from audit_index where seq = 3',
    );
    await refusesAndKeeps('restored');
  });

  test('after a restore that then grew past what was published, along another way', async () => {
    const last = await published();
    await asRestored(`update audit_entries set leaf_hash = sha256('other') where seq = 3`);
    await asRestored(
      `insert into audit_checkpoints select log, 5, root, committed_at from audit_checkpoints where size = 4`,
    );
    await kit.restart();
    await refusesAndKeeps('changed');
    expect((await published()).note).toBe(last.note);
  });

  test('with a database from before the log', async () => {
    const before = await published();
    const other = await auditKit({ folder: kit.folder });
    await other.record();
    await other.log.settle();
    expect(other.log.sequencer.refusal).toEqual({ reason: 'restored', publishedSize: 4, localSize: 0 });
    expect(await published()).toEqual(before);
    expect(await other.db.sql('select id from audit_outbox')).toHaveLength(1);
    await other.db.drop();
  });

  test('when the data folder has lost what was published, or the key', async () => {
    await kit.restart();
    await rm(path.join(kit.folder, 'audit', 'published-checkpoint.json'));
    await kit.record();
    await kit.log.settle();
    expect(kit.log.sequencer.refusal).toMatchObject({ reason: 'published_unknown', localSize: 4 });
    await kit.restart();
    await rm(path.join(kit.folder, 'audit', 'log-keys.json'));
    await kit.log.settle();
    expect(kit.log.sequencer.refusal).toMatchObject({ reason: 'key_missing', localSize: 4 });
  });
});
