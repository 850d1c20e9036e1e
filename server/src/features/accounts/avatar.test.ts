import { accounts } from '@virgil/contract';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#1f6b46' } });

describe('avatars', () => {
  let app: TestApp;
  let person: SignedIn;
  beforeAll(async () => {
    app = await testApp();
    person = await app.signUp();
  });
  afterAll(() => app.close());

  const upload = async (bytes: Uint8Array, type = 'image/png') =>
    person.attempt(accounts.setAvatar, { upload: { bytes, type } });

  it('become a square WebP without metadata that browsers keep for good', async () => {
    const bytes = await picture(900, 400)
      .withExif({ IFD0: { Copyright: 'secret place' } })
      .jpeg()
      .toBuffer();
    expect(bytes.includes('secret place')).toBe(true);
    const { avatarUrl } = (await upload(bytes, 'image/jpeg')).body;
    const served = await app.guest().fetch(avatarUrl ?? '');
    expect(served.headers.get('content-type')).toBe('image/webp');
    expect(served.headers.get('cache-control')).toContain('immutable');
    const webp = Buffer.from(await served.arrayBuffer());
    expect(webp.includes('secret place')).toBe(false);
    expect(await sharp(webp).metadata()).toMatchObject({ format: 'webp', width: 256, height: 256 });
  });

  it('are gone when replaced or removed', async () => {
    const first = (await upload(await picture(300, 300).png().toBuffer())).body.avatarUrl ?? '';
    const second =
      (
        await upload(
          await picture(301, 300)
            .composite([{ input: await picture(9, 9).png().toBuffer(), left: 0, top: 0 }])
            .negate()
            .png()
            .toBuffer(),
        )
      ).body.avatarUrl ?? '';
    expect(second).not.toBe(first);
    expect((await app.guest().fetch(first)).status).toBe(404);
    expect(await person.call(accounts.removeAvatar)).toMatchObject({ avatarUrl: null });
    expect((await app.guest().fetch(second)).status).toBe(404);
  });

  it('must be pictures, whatever they are called', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    expect((await upload(svg)).problem?.code).toBe('unsupported_media');
    const broken = (await picture(50, 50).png().toBuffer()).subarray(0, 60);
    expect((await upload(broken)).problem).toMatchObject({ code: 'invalid', errors: [{ path: 'avatar' }] });
  });

  it('refuse a small file that unpacks to a huge picture', async () => {
    const bomb = await picture(15_000, 15_000).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(5 * 1024 * 1024);
    expect((await upload(bomb)).problem?.code).toBe('invalid');
  });

  it('refuse a file above 5 MB', async () => {
    const png = await picture(10, 10).png().toBuffer();
    expect((await upload(Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]))).problem?.code).toBe('too_large');
  });

  it('are found by their key alone', async () => {
    for (const key of ['..%2F..%2Fsession-secret', 'x', 'a'.repeat(32)]) {
      expect((await app.guest().fetch(`/media/avatars/${key}`)).status).toBe(404);
    }
  });
});
