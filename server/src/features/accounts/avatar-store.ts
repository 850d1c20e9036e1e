/** Avatars as files: named by their content, never changed, so browsers may keep them for good. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { AppError } from '../../errors.ts';

const EDGE_PX = 256;
/** 40 megapixels: a large photograph. A small file that unpacks to more is refused before it does. */
const MAX_PIXELS = 40_000_000;
const KEY = /^[a-z0-9]{32}$/;

export const AVATAR_PATH = '/media/avatars';

export function avatarUrl(avatarKey: string | null): string | null {
  return avatarKey === null ? null : `${AVATAR_PATH}/${avatarKey}`;
}

/** A square WebP without metadata. What the decoder refuses is no picture. */
export async function encodeAvatar(bytes: Buffer): Promise<Buffer> {
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
      .rotate()
      .resize(EDGE_PX, EDGE_PX, { fit: 'cover', position: 'attention' })
      .webp({ quality: 82 })
      .toBuffer();
  } catch (cause) {
    throw new AppError('invalid', {
      detail: 'This is not a picture we can read.',
      errors: [{ path: 'avatar', message: 'cannot be read as a picture' }],
      cause,
    });
  }
}

export interface AvatarStore {
  write(profileId: string, webp: Buffer): Promise<string>;
  read(key: string): Promise<Buffer | null>;
  remove(key: string): Promise<void>;
  /** Where one lies, there or not. */
  pathOf(key: string): string;
}

export function createAvatarStore(folder: string): AvatarStore {
  const fileOf = (key: string) => join(folder, `${key}.webp`);
  return {
    async write(profileId, webp) {
      const key = createHash('sha256').update(profileId).update(webp).digest('hex').slice(0, 32);
      try {
        await mkdir(folder, { recursive: true });
        const half = `${fileOf(key)}.${process.pid}.part`;
        await writeFile(half, webp, { flush: true });
        await rename(half, fileOf(key));
      } catch (cause) {
        // No room, or a folder that cannot be written.
        throw new AppError('storage_unavailable', { cause });
      }
      return key;
    },
    async read(key) {
      if (!KEY.test(key)) return null;
      try {
        return await readFile(fileOf(key));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    remove: (key) => rm(fileOf(key), { force: true }),
    pathOf: fileOf,
  };
}
