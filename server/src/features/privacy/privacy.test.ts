import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { accounts, privacy } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBuffer } from 'yauzl';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { DATA_MAP } from './data-map.ts';

const DAY_MS = 86_400_000;

let app: TestApp;
let admin: SignedIn;
beforeAll(async () => {
  app = await testApp();
  admin = await app.signUp({ role: 'admin' });
}, 60_000);
afterAll(() => app.close());

const ban = (id: string) =>
  app.storage.sql(
    `insert into admin_penalties (id, user_id, severity, reason, issued_at) values ($1, $2, 'permanent', 'fraud', now())`,
    [uuidv7(), id],
  );

/** Writes what the map knows how to count, without going through every feature. */
async function live(person: SignedIn): Promise<void> {
  const streamId = uuidv7();
  await app.storage.sql(
    `insert into livestreams (id, channel_id, title, is_active, media_state, started_at, ended_at, updated_at)
     values ($1, $2, 'My evening', false, 'ended', now(), now(), now())`,
    [streamId, person.id],
  );
  await app.storage.sql(
    `insert into stream_messages (id, stream_id, channel_id, user_id, display_name, message, dante_realm, seq, status, scored_by, created_at)
     select gen_random_uuid()::text, $1, $2, $2, 'Me', 'Secret thought ' || n, 'inferno', n, 'published', 'rules', now()
     from generate_series(1, 3) n`,
    [streamId, person.id],
  );
  await app.storage.sql(`insert into follows (channel_id, user_id, since) values ($1, $2, now())`, [
    admin.id,
    person.id,
  ]);
}

async function copyOf(person: SignedIn): Promise<privacy.DataExport> {
  const asked = await person.call(privacy.requestExport);
  for (let tries = 0; tries < 200; tries++) {
    const now = await person.call(privacy.getExport, { params: { id: asked.id } });
    if (now.status !== 'preparing') return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the copy was never ready');
}

async function unzip(person: SignedIn, id: string): Promise<Map<string, Buffer>> {
  const response = await person.fetch(`/api/v1/me/export/${id}/file`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/zip');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="virgil-data-[0-9-]+\.zip"$/);
  return entriesOf(Buffer.from(await response.arrayBuffer()));
}

function entriesOf(zip: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    const files = new Map<string, Buffer>();
    fromBuffer(zip, { lazyEntries: true }, (error, archive) => {
      if (error) return reject(error);
      archive.on('entry', (entry) => {
        archive.openReadStream(entry, (problem, stream) => {
          if (problem) return reject(problem);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk) => chunks.push(chunk));
          stream.on('end', () => {
            files.set(entry.fileName, Buffer.concat(chunks));
            archive.readEntry();
          });
        });
      });
      archive.on('end', () => resolve(files));
      archive.readEntry();
    });
  });
}

const jsonOf = (files: Map<string, Buffer>, name: string) => JSON.parse(files.get(name)?.toString() ?? 'null');

describe('a copy of one’s data', () => {
  test('holds every row of the map, says how many, and has an index to read', async () => {
    const person = await app.signUp({ name: 'Nel <b>Mezzo</b>' });
    await live(person);
    const copy = await copyOf(person);
    expect(copy).toMatchObject({ status: 'ready', progress: 100 });
    const files = await unzip(person, copy.id);
    const manifest = jsonOf(files, 'manifest.json');
    expect(manifest.version).toBe(1);

    const counted = new Map<string, number>();
    for (const { exported, kind, table, where } of DATA_MAP.filter(({ exported }) => exported.length > 0)) {
      const name = table.replace(/\.(.*)/, '."$1"');
      const [row] = await app.storage.sql<{ n: number }>(`select count(*)::integer as n from ${name} where ${where}`, [
        person.id,
      ]);
      expect(exported.length).toBeGreaterThan(0);
      counted.set(kind, (counted.get(kind) ?? 0) + (row?.n ?? 0));
    }
    // The notice that tells of the copy, and the copy's own end, came after it was read.
    counted.set('inbox', (counted.get('inbox') ?? 0) - 1);
    for (const { kind, file, rows } of manifest.data) {
      expect([kind, jsonOf(files, file).rows.length]).toEqual([kind, rows]);
      if (counted.has(kind)) expect([kind, rows]).toEqual([kind, counted.get(kind)]);
    }
    expect(jsonOf(files, 'data/chat_messages.json').rows).toHaveLength(3);
    expect(jsonOf(files, 'data/chat_messages.json').columns).toMatchObject({ message: 'text', risk_score: 'number' });
    expect(jsonOf(files, 'data/account.json').rows[0].email).toBe(person.email);
    const index = files.get('index.html')?.toString() ?? '';
    expect(index).toContain('data/chat_messages.json');
    expect(index).not.toContain('<b>Mezzo');
    expect(files.get('data/sign_in_methods.json')?.toString()).not.toMatch(/argon2/);
  });

  test('is one however often it is asked for, and nobody else’s', async () => {
    const person = await app.signUp();
    const asked = await Promise.all([1, 2, 3].map(() => person.call(privacy.requestExport)));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    const [{ id } = { id: '' as privacy.DataExport['id'] }] = asked;
    const other = await app.signUp();
    expect((await other.attempt(privacy.getExport, { params: { id } })).problem?.code).toBe('not_found');
    expect((await other.fetch(`/api/v1/me/export/${id}/file`)).status).toBe(404);
    expect((await person.call(privacy.listExports)).items.map((copy) => copy.id)).toEqual([id]);
  });

  test('is open to the banned, and says when it is ready', async () => {
    const person = await app.signUp();
    await ban(person.id);
    expect((await person.attempt(privacy.eraseMe, { body: { password: person.password } })).problem?.code).toBe(
      'banned',
    );
    const { id } = await copyOf(person);
    expect((await unzip(person, id)).has('data/penalties.json')).toBe(true);
    const notices = await app.storage.sql(`select kind from notifications where user_id = $1`, [person.id]);
    expect(notices).toEqual([{ kind: 'export_ready' }]);
  });

  test('holds the recordings, and none that a decision keeps even from who made it', async () => {
    const person = await app.signUp();
    await mkdir(`${app.dataFolder}/videos`, { recursive: true });
    for (const removal of [null, 'removed', 'withheld']) {
      const id = `video-${removal}-${person.id}`;
      await writeFile(`${app.dataFolder}/videos/${id}.mp4`, 'moving pictures');
      await app.storage.sql(
        `insert into videos (id, channel_id, title, duration_ms, size_bytes, is_public, removal, file_key, created_at, updated_at)
         values ($1, $2, 'A recording', 1000, 15, false, $3, $1 || '.mp4', now(), now())`,
        [id, person.id, removal],
      );
    }
    const files = await unzip(person, (await copyOf(person)).id);
    const recordings = [...files.keys()].filter((name) => name.startsWith('media/videos/'));
    expect(recordings.sort()).toEqual([
      `media/videos/video-null-${person.id}.mp4`,
      `media/videos/video-removed-${person.id}.mp4`,
    ]);
  });

  test('made before something was withheld is given to nobody any more', async () => {
    const person = await app.signUp();
    const { id } = await copyOf(person);
    await app.storage.sql(
      `insert into content_removals (id, decision_kind, decision_id, subject_type, subject_id, owner_id, is_withheld, previous, removed_at)
       values ($1, 'report', $1, 'video', 'x', $2, true, '{"version":1,"type":"video","isPublic":true}', $3)`,
      [uuidv7(), person.id, new Date((await app.advance(0)).getTime() + 1)],
    );
    expect((await person.fetch(`/api/v1/me/export/${id}/file`)).status).toBe(404);
    await app.advance(1_000);
    await unzip(person, (await copyOf(person)).id);
  });

  test('is removed when its days are over', async () => {
    const person = await app.signUp();
    const { id } = await copyOf(person);
    await app.advance(8 * DAY_MS);
    expect(await person.call(privacy.getExport, { params: { id } })).toMatchObject({ status: 'expired' });
    expect((await person.fetch(`/api/v1/me/export/${id}/file`)).status).toBe(404);
    const left = await readdir(`${app.dataFolder}/exports`);
    expect(left.filter((name) => name.startsWith(id))).toEqual([]);
  });
});

describe('an erasure', () => {
  test('needs the password, and an admin who is not the last', async () => {
    const person = await app.signUp();
    expect((await person.attempt(privacy.eraseMe, { body: { password: 'not this one' } })).problem?.code).toBe(
      'not_allowed',
    );
    const byKey = await person.byApiKey(['account']);
    expect((await byKey.attempt(privacy.eraseMe, { body: { password: person.password } })).problem?.code).toBe(
      'not_allowed',
    );
    const last = await admin.attempt(privacy.eraseMe, { body: { password: admin.password } });
    expect(last.problem?.detail).toContain('last admin');
  });

  test('of two admins who go at once is one’s alone, and waits while no other is left', async () => {
    const second = await app.signUp({ role: 'admin' });
    await second.call(privacy.eraseMe, { body: { password: second.password } });
    const both = await admin.attempt(privacy.eraseMe, { body: { password: admin.password } });
    expect(both.problem?.detail).toContain('last admin');
    await app.storage.sql(`update profiles set role = 'user' where id = $1`, [admin.id]);
    await app.advance(8 * DAY_MS);
    expect((await second.call(accounts.getMe)).role).toBe('admin');
    await app.storage.sql(`update profiles set role = 'admin' where id = $1`, [admin.id]);
    await app.advance(2 * DAY_MS);
    expect((await second.attempt(accounts.getMe)).problem?.code).toBe('sign_in_required');
  });

  test('can be called off for seven days', async () => {
    const person = await app.signUp();
    const plan = await person.call(privacy.eraseMe, { body: { password: person.password } });
    expect(plan.erasesAt).not.toBeNull();
    expect(await person.call(privacy.eraseMe, { body: { password: person.password } })).toMatchObject({
      erasesAt: plan.erasesAt,
    });
    await app.advance(6 * DAY_MS);
    expect((await person.call(privacy.cancelErasure)).erasesAt).toBeNull();
    await app.advance(2 * DAY_MS);
    expect((await person.call(accounts.getMe)).id).toBe(person.id);
  });

  test('keeps what a decision took away as evidence, hidden and without a title, for as long as it may be argued', async () => {
    const person = await app.signUp();
    await mkdir(`${app.dataFolder}/videos`, { recursive: true });
    const [plain, removed] = ['plain', 'removed'].map((name) => `${name}-of-${person.id}`);
    for (const [id, removal] of [
      [plain, null],
      [removed, 'removed'],
    ]) {
      await writeFile(`${app.dataFolder}/videos/${id}.mp4`, 'moving pictures');
      await app.storage.sql(
        `insert into videos (id, channel_id, title, duration_ms, size_bytes, is_public, removal, file_key, created_at, updated_at)
         values ($1, $2, 'A recording', 1000, 15, false, $3, $1 || '.mp4', now(), now())`,
        [id, person.id, removal],
      );
    }
    await person.call(privacy.eraseMe, { body: { password: person.password } });
    await app.advance(7 * DAY_MS);
    const left = () => app.storage.sql('select id, title from videos where channel_id = $1', [person.id]);
    const files = async () =>
      (await readdir(`${app.dataFolder}/videos`)).filter((name) => name.includes(person.id)).sort();
    expect(await left()).toEqual([{ id: removed, title: '' }]);
    expect(await files()).toEqual([`${removed}.mp4`]);
    const { dmcaDays } = await app.guest().call(privacy.getRetention);
    await app.advance((dmcaDays + 2) * DAY_MS);
    expect(await left()).toEqual([]);
    expect(await files()).toEqual([]);
  });

  test('leaves a place without a name, and nobody gets in any more', async () => {
    const person = await app.signUp({ name: 'Vanishing Vera' });
    await live(person);
    const copy = await copyOf(person);
    const plan = await person.call(privacy.eraseMe, { body: { password: person.password } });
    expect(plan.removed).toContainEqual({ kind: 'chat_messages', count: 3 });
    const socket = person.socket();
    await new Promise((resolve) => socket.on('connect', resolve as () => void));
    const cut = new Promise((resolve) => socket.on('disconnect', resolve));
    await app.advance(7 * DAY_MS);
    await app.settle();
    await cut;

    const [profile] = await app.storage.sql(
      'select display_name, bio, erased_at is not null as gone from profiles where id = $1',
      [person.id],
    );
    expect(profile).toEqual({ display_name: 'Deleted account', bio: '', gone: true });
    expect(await person.fetch('/api/v1/me').then(({ status }) => status)).toBe(401);
    const again = await app.stranger().auth('/sign-in/email', { email: person.email, password: person.password });
    expect(again.status).toBe(401);
    for (const { table, where, erasure } of DATA_MAP) {
      if (erasure.how !== 'delete') continue;
      const name = table.replace(/\.(.*)/, '."$1"');
      const rows = await app.storage.sql(`select 1 from ${name} where ${where}`, [person.id]);
      expect([table, rows.length]).toEqual([table, 0]);
    }
    expect((await readdir(`${app.dataFolder}/exports`)).filter((name) => name.startsWith(copy.id))).toEqual([]);
    // The name is free again.
    const named = await app.storage.sql(`select 1 from profiles where display_name_skeleton like '%vera%'`);
    expect(named).toEqual([]);
  });

  test('waits for a legal hold with access closed, and completes by itself when the hold ends', async () => {
    const person = await app.signUp();
    await live(person);
    const now = (await app.advance(0)).getTime();
    const expiresAt = new Date(now + 30 * DAY_MS).toISOString();
    const hold = await admin.call(privacy.placeHold, {
      params: { id: person.id },
      body: { caseReference: '4 O 17/26', authority: 'Landgericht Hamburg', reason: 'Claim pending', expiresAt },
    });
    // The person is not told.
    expect((await person.call(privacy.eraseMe, { body: { password: person.password } })).held).toBe(false);
    await app.advance(8 * DAY_MS);
    await app.settle();
    expect(await person.fetch('/api/v1/me').then(({ status }) => status)).toBe(401);
    const messages = () => app.storage.sql('select 1 from stream_messages where user_id = $1', [person.id]);
    expect(await messages()).toHaveLength(3);
    expect((await admin.call(privacy.listHolds)).items.map(({ id }) => id)).toContain(hold.id);

    await app.advance(23 * DAY_MS);
    await app.settle();
    expect(await messages()).toHaveLength(0);
  });

  test('goes on at once when the hold is released, once', async () => {
    const person = await app.signUp();
    await live(person);
    const expiresAt = new Date((await app.advance(0)).getTime() + 300 * DAY_MS).toISOString();
    const body = { caseReference: 'x', authority: 'y', reason: 'z', expiresAt };
    const { id } = await admin.call(privacy.placeHold, { params: { id: person.id }, body });
    await person.call(privacy.eraseMe, { body: { password: person.password } });
    await app.advance(8 * DAY_MS);
    await admin.call(privacy.releaseHold, { params: { id }, body: { reason: 'Settled' } });
    expect(
      (await admin.attempt(privacy.releaseHold, { params: { id }, body: { reason: 'Again' } })).problem?.code,
    ).toBe('already_decided');
    await app.advance(0);
    expect(await app.storage.sql('select 1 from stream_messages where user_id = $1', [person.id])).toHaveLength(0);
  });
});

describe('retention', () => {
  test('removes what is older than its period, every night', async () => {
    const person = await app.signUp();
    await live(person);
    const periods = await app.guest().call(privacy.getRetention);
    await admin.call(privacy.setRetention, { body: { ...periods, chatDays: 30 } });
    const now = await app.advance(0);
    const ids = await app.storage.sql<{ id: string }>('select id from stream_messages where user_id = $1', [person.id]);
    for (const [index, days] of [31, 28, 1].entries()) {
      const at = new Date(now.getTime() - days * DAY_MS);
      await app.storage.sql('update stream_messages set created_at = $2 where id = $1', [ids[index]?.id, at]);
    }
    const held = await app.signUp();
    await live(held);
    await app.storage.sql('update stream_messages set created_at = $2 where user_id = $1', [
      held.id,
      new Date(now.getTime() - 31 * DAY_MS),
    ]);
    const expiresAt = new Date(now.getTime() + 90 * DAY_MS).toISOString();
    const body = { caseReference: '4 O 18/26', authority: 'Landgericht Hamburg', reason: 'Claim pending', expiresAt };
    await admin.call(privacy.placeHold, { params: { id: held.id }, body });
    await app.advance(DAY_MS);
    expect(await app.storage.sql('select 1 from stream_messages where user_id = $1', [person.id])).toHaveLength(2);
    // Under a legal hold nothing goes before its end.
    expect(await app.storage.sql('select 1 from stream_messages where user_id = $1', [held.id])).toHaveLength(3);
    const refused = await admin.attempt(privacy.setRetention, { body: { ...periods, decisionDays: 30 } });
    expect(refused.problem?.code).toBe('invalid');
  });

  test('takes the contact data out of a copyright matter that is long over, and leaves an open one alone', async () => {
    const now = await app.advance(0);
    const years = (count: number) => new Date(now.getTime() - count * 365 * DAY_MS);
    const add = (status: string, at: Date, decidedAt: Date | null) =>
      app.storage.sql<{ id: string }>(
        `insert into dmca_notices (id, status, source, claimant_name, claimant_email, token_hash, received_at, decided_at, decision)
         values (gen_random_uuid()::text, $1, 'form', 'Cocito Records', 'rights@cocito.example', gen_random_uuid()::text, $2, $3,
           case when $3::timestamptz is null then null else 'rejected' end) returning id`,
        [status, at, decidedAt],
      );
    const [over] = await add('rejected', years(6), years(5));
    const [open] = await add('valid', years(6), null);
    const [fresh] = await add('rejected', years(6), years(1));
    await app.advance(DAY_MS);
    const emails = await app.storage.sql<{ id: string; claimant_email: string }>(
      'select id, claimant_email from dmca_notices where id = any($1)',
      [[over?.id, open?.id, fresh?.id]],
    );
    expect(new Map(emails.map(({ id, claimant_email }) => [id, claimant_email !== '']))).toEqual(
      new Map([
        [over?.id, false],
        [open?.id, true],
        [fresh?.id, true],
      ]),
    );
  });
});
