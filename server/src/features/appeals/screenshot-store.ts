/**
 * Pictures that people add to an appeal, as files. The name is random, so that nobody guesses it; who may see one is
 * asked of the database each time. A file is written before its row and removed after it: one that no row names is
 * swept away later (jobs.ts).
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { AppError } from '../../errors.ts';

/** Text on a screenshot of a large display stays readable; whatever is larger is scaled down to it. */
const EDGE_PX = 2560;
/** 40 megapixels: a small file that unpacks to more is refused before it does. */
const MAX_PIXELS = 40_000_000;
const DECODE_SECONDS = 10;
const KEY = /^[A-Za-z0-9_-]{43}$/;
const FILE = /^([A-Za-z0-9_-]{43})\.webp(\.[0-9]+\.part)?$/;

const ADDRESS = '/api/v1/appeals/screenshots/';
export const addressOfScreenshot = (key: string): string => `${ADDRESS}${key}`;
export const keyOfScreenshot = (address: string): string => address.slice(ADDRESS.length);

/** A WebP of the first frame, turned as its metadata says and then without any. What the decoder refuses is no picture. */
export async function encodeScreenshot(bytes: Buffer): Promise<Buffer> {
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
      .timeout({ seconds: DECODE_SECONDS })
      .rotate()
      .resize(EDGE_PX, EDGE_PX, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 85 })
      .toBuffer();
  } catch (cause) {
    throw new AppError('invalid', {
      detail: 'This is not a picture we can read.',
      errors: [{ path: 'screenshot', message: 'cannot be read as a picture' }],
      cause,
    });
  }
}

export interface ScreenshotStore {
  /** The key of the new file, which lies whole on disk when this returns. */
  write(webp: Buffer): Promise<string>;
  read(key: string): Promise<Buffer | null>;
  remove(key: string): Promise<void>;
  /** Where one lies, there or not. */
  pathOf(key: string): string;
  /** Removes what `isKept` does not name and nobody touched for `ageMs` of real time; says how many. */
  sweep(isKept: (keys: readonly string[]) => Promise<ReadonlySet<string>>, ageMs: number): Promise<number>;
}

export function createScreenshotStore(folder: string): ScreenshotStore {
  const pathOf = (key: string) => join(folder, `${key}.webp`);
  return {
    pathOf,
    async write(webp) {
      const key = randomBytes(32).toString('base64url');
      const half = `${pathOf(key)}.${process.pid}.part`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(half, webp, { flush: true, mode: 0o600 });
        await rename(half, pathOf(key));
      } catch (cause) {
        await rm(half, { force: true }).catch(() => undefined);
        throw new AppError('storage_unavailable', { cause });
      }
      return key;
    },
    async read(key) {
      if (!KEY.test(key)) return null;
      return ifThere(readFile(pathOf(key)));
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    async sweep(isKept, ageMs) {
      const names = (await ifThere(readdir(folder))) ?? [];
      const old = await oldFiles(folder, names, Date.now() - ageMs);
      const kept = await isKept([...new Set(old.map(({ key }) => key))]);
      // What a killed process left half-written is nobody's, whatever its name.
      const orphans = old.filter(({ key, isHalf }) => isHalf || !kept.has(key));
      for (const { name } of orphans) await rm(join(folder, name), { force: true });
      return orphans.length;
    },
  };
}

async function oldFiles(folder: string, names: readonly string[], before: number) {
  const found: { name: string; key: string; isHalf: boolean }[] = [];
  for (const name of names) {
    const [, key, half] = FILE.exec(name) ?? [];
    if (key === undefined) continue;
    const state = await ifThere(stat(join(folder, name)));
    if (state !== null && state.mtimeMs < before) found.push({ name, key, isHalf: half !== undefined });
  }
  return found;
}

async function ifThere<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
