/** Pictures of appeals: hostile ones, what is left of honest ones, and who may see them. */

import { readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { appealDesk, appeals, privacy } from '@virgil/contract';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { sweepScreenshots } from './jobs.ts';
import { createScreenshotStore } from './screenshot-store.ts';

let app: TestApp;
let vic: SignedIn;
let ada: SignedIn;
let folder: string;
beforeAll(async () => {
  app = await testApp();
  vic = await app.signUp();
  ada = await app.signUp({ role: 'admin' });
  folder = path.join(app.dataFolder, 'appeals');
});
afterAll(() => app.close());

const files = async () => (await readdir(folder).catch(() => [])).sort();
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 40, b: 40 } } });

async function strike(who = vic): Promise<string> {
  const id = uuidv7();
  await app.storage.sql(
    `insert into content_safety_strikes (id, user_id, reason, source_kind, source_id, issued_at, issued_on, expires_at)
     values ($1, $2, 'r', 'admin', $1, now(), now()::date, now() + interval '90 days')`,
    [id, who.id],
  );
  return id;
}

async function submit(bytes: Uint8Array, type = 'image/png', who = vic) {
  const body = { subject: { type: 'strike' as const, id: await strike(who) }, reason: 'Look at the picture.' };
  return who.attempt(appeals.submitAppeal, { body, upload: { bytes, type } });
}

async function form(fields: Readonly<Record<string, string>>, file?: { field: string; bytes: Buffer }) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  if (file !== undefined) data.append(file.field, new Blob([Uint8Array.from(file.bytes)]), 'x');
  const response = await vic.fetch('/api/v1/appeals', { method: 'POST', body: data });
  return { status: response.status, body: (await response.json()) as { code?: string; errors?: { path: string }[] } };
}

describe('an honest picture', () => {
  it('is turned as it says, stripped of what it says about where it was taken, and kept under a name nobody guesses', async () => {
    const bytes = await picture(600, 300)
      .withExif({
        IFD0: { Copyright: 'Vic', Orientation: '6' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const answer = await submit(bytes, 'image/jpeg');
    expect(answer.status).toBe(201);
    const address = answer.body.screenshotUrl ?? '';
    expect(address).toMatch(/^\/api\/v1\/appeals\/screenshots\/[A-Za-z0-9_-]{43}$/);
    const response = await vic.fetch(address);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-disposition': 'attachment; filename="screenshot.webp"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    });
    const stored = Buffer.from(await response.arrayBuffer());
    const { exif, format, height, width } = await sharp(stored).metadata();
    expect({ exif, format, height, width }).toEqual({ exif: undefined, format: 'webp', height: 600, width: 300 });
    expect(stored.includes('GPS') || stored.includes('Vic')).toBe(false);
    expect(JSON.stringify(await app.storage.sql('select * from appeals'))).not.toContain(
      stored.toString('base64').slice(0, 40),
    );
  });

  it('may be left out of the form, and an appeal may come as JSON', async () => {
    const subject = JSON.stringify({ type: 'strike', id: await strike() });
    const plain = await form({ subject, reason: 'There is no picture of it.' });
    expect(plain).toMatchObject({ status: 201, body: { screenshotUrl: null } });
  });

  it('is seen by its owner and admins alone', async () => {
    const { body } = await submit(await picture(20, 20).png().toBuffer());
    const address = body.screenshotUrl ?? '';
    const seen = async (who: { fetch: SignedIn['fetch'] }) => (await who.fetch(address)).status;
    expect([await seen(vic), await seen(ada)]).toEqual([200, 200]);
    const [other, moderator] = [await app.signUp(), await app.signUp({ role: 'moderator' })];
    expect([await seen(other), await seen(moderator)]).toEqual([404, 404]);
    expect([await seen(app.guest()), await seen(app.stranger())]).toEqual([401, 401]);
    const [file] = (await files()).filter((name) => address.includes(name.slice(0, 43)));
    expect(await (await app.stranger().fetch(`/media/appeals/${file}`)).text()).not.toContain('WEBP');
    expect((await vic.fetch(`/api/v1/appeals/screenshots/${'x'.repeat(43)}`)).status).toBe(404);
  });

  it('is scaled to a size one can read, the first of several frames', async () => {
    const { body } = await submit(await picture(6000, 200).webp().toBuffer(), 'image/webp');
    const stored = await sharp(await (await vic.fetch(body.screenshotUrl ?? '')).arrayBuffer()).metadata();
    expect(stored.width).toBe(2560);
    const frames = await sharp(
      [await picture(40, 40).png().toBuffer(), await picture(40, 40).negate().png().toBuffer()],
      {
        join: { animated: true },
      },
    )
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer();
    const moving = await submit(frames, 'image/webp');
    const shown = await sharp(await (await vic.fetch(moving.body.screenshotUrl ?? '')).arrayBuffer()).metadata();
    expect([shown.width, shown.height, shown.pages ?? 1]).toEqual([40, 40, 1]);
  });
});

describe('a hostile file', () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

  it.each([
    ['SVG that calls itself PNG', async () => svg, 'unsupported_media'],
    ['GIF', async () => gif, 'unsupported_media'],
    ['HTML', async () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'unsupported_media'],
    ['nothing', async () => Buffer.alloc(0), 'unsupported_media'],
    ['half a PNG', async () => (await noise(400).png().toBuffer()).subarray(0, 2_000), 'invalid'],
    ['half a JPEG', async () => (await noise(400).jpeg().toBuffer()).subarray(0, 2_000), 'invalid'],
    ['only the first bytes of a WebP', async () => Buffer.from('RIFF\u0000\u0000\u0000\u0000WEBPVP8 '), 'invalid'],
    [
      'a small file of 48 megapixels',
      async () => picture(8_000, 6_000).png({ compressionLevel: 9 }).toBuffer(),
      'invalid',
    ],
    [
      'six megabytes',
      async () => Buffer.concat([await picture(9, 9).png().toBuffer(), Buffer.alloc(6_000_000)]),
      'too_large',
    ],
  ] as const)('is refused and leaves nothing behind: %s', async (_, bytes, code) => {
    const before = await files();
    const answer = await submit(await bytes());
    expect(answer.problem?.code).toBe(code);
    expect(await files()).toEqual(before);
    expect(
      await app.storage.sql(
        `select id from appeals where strike_id in
      (select max(id) from content_safety_strikes where user_id = $1)`,
        [vic.id],
      ),
    ).toEqual([]);
  });

  it('that is a picture and a program at once is only a picture afterwards', async () => {
    const polyglot = Buffer.concat([
      await picture(30, 30).png().toBuffer(),
      Buffer.from('<script>alert(1)</script>PK\u0003\u0004'),
    ]);
    const { body } = await submit(polyglot);
    const stored = Buffer.from(await (await vic.fetch(body.screenshotUrl ?? '')).arrayBuffer());
    expect(stored.includes('script') || stored.includes('PK\u0003\u0004')).toBe(false);
  });

  it('makes no way around what a form has to hold', async () => {
    const subject = JSON.stringify({ type: 'strike', id: await strike() });
    const reason = 'A form can hold anything.';
    const bytes = await picture(9, 9).png().toBuffer();
    const paths = async (...given: Parameters<typeof form>) => {
      const { body } = await form(...given);
      return [body.code, body.errors?.map(({ path: at }) => at)];
    };
    expect(await paths({ subject: '{', reason })).toEqual(['invalid', ['subject']]);
    expect(await paths({ subject, reason: ' short   ' })).toEqual(['invalid', ['reason']]);
    expect(await paths({ subject, reason, status: 'approved' })).toEqual(['invalid', ['status']]);
    expect(await paths({ subject, reason, __proto__x: '1' })).toEqual(['invalid', ['__proto__x']]);
    expect(await paths({ subject, reason }, { field: 'avatar', bytes })).toEqual(['invalid', ['avatar']]);
    expect((await form({ subject, reason: 'x'.repeat(70_000) })).status).toBe(413);
  });
});

function noise(edge: number) {
  const data = Buffer.alloc(edge * edge * 3, 0).map((_, index) => (index * 7919) % 251);
  return sharp(data, { raw: { width: edge, height: edge, channels: 3 } });
}

describe('a file', () => {
  it('of an appeal that was refused, or whose process was killed before its row, does not stay', async () => {
    const bytes = await picture(20, 20).png().toBuffer();
    const subject = { type: 'strike' as const, id: await strike() };
    const before = await files();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        vic.attempt(appeals.submitAppeal, {
          body: { subject, reason: 'Sent eight times at once.' },
          upload: { bytes, type: 'image/png' },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await files()).length).toBe(before.length + 1);

    const store = createScreenshotStore(folder);
    const key = await store.write(bytes);
    await writeFile(path.join(folder, `${'h'.repeat(43)}.webp.123.part`), 'half');
    await writeFile(path.join(folder, 'notes.txt'), 'not ours');
    const sweep = (ageMs: number) =>
      app.storage.database.asSystem('a test', (tx) => sweepScreenshots(tx, store, ageMs));
    // A moment old, it may still get its row.
    expect(await sweep(3_600_000)).toBe(0);
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const name of await files()) await utimes(path.join(folder, name), yesterday, yesterday);
    expect(await sweep(3_600_000)).toBe(2);
    expect(await store.read(key)).toBeNull();
    expect((await files()).filter((name) => name.endsWith('.webp')).length).toBe(before.length + 1);
    expect(await files()).toContain('notes.txt');
  });

  it('goes with what is kept no longer', async () => {
    const pat = await app.signUp();
    const { body } = await submit(await picture(20, 20).png().toBuffer(), 'image/png', pat);
    await ada.call(appealDesk.denyAppeal, { params: { id: body.id }, body: { resolution: 'It stays.' } });
    await app.storage.sql(`update appeals set reviewed_at = reviewed_at - interval '800 days' where id = $1`, [
      body.id,
    ]);
    await app.advance(86_400_000);
    expect((await pat.fetch(body.screenshotUrl ?? '')).status).toBe(404);
    expect((await pat.call(appeals.getUserAppeal, { params: { id: body.id } })).screenshotUrl).toBeNull();
  });

  it('goes with the person, and so do the dialogue and the notes', async () => {
    const pat = await app.signUp();
    const { body } = await submit(await picture(20, 20).png().toBuffer(), 'image/png', pat);
    const params = { id: body.id };
    await ada.call(appealDesk.noteOnAppeal, { params, body: { note: 'Looks like a joke.' } });
    await ada.call(appealDesk.askInAppeal, { params, body: { message: 'When was it?' } });
    await pat.call(appeals.answerInAppeal, { params, body: { message: 'On Friday, at home.' } });
    const { erasesAt } = await pat.call(privacy.eraseMe, { body: { password: pat.password } });
    await app.advance(new Date(erasesAt ?? 0).getTime() - Date.now() + 2 * 86_400_000);
    await app.settle();
    expect((await files()).filter((name) => body.screenshotUrl?.includes(name.slice(0, 43)))).toEqual([]);
    expect(
      await app.storage.sql(
        `select appeal_reason, appeal_screenshot_url, (select count(*)::int from appeal_messages where appeal_id = a.id) as said,
           (select count(*)::int from appeal_notes where appeal_id = a.id) as notes
         from appeals as a where id = $1`,
        [body.id],
      ),
    ).toEqual([{ appeal_reason: '', appeal_screenshot_url: null, said: 0, notes: 0 }]);
  });
});
