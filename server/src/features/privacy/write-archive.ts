/** Packs a copy into a zip: index.html, manifest.json, data/<kind>.json with what its columns are, and the media. */
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { maskCardNumbersWithin } from '../../observability/index.ts';
import { type ArchiveHead, archiveIndex } from './archive-index.ts';
import type { PersonalFile, Row } from './deps.ts';
import type { Copy, CopyPart } from './read-copy.ts';

/** Answers the size in bytes. Under its name there is never half an archive. `progress` hears whole percent. */
export async function writeArchive(
  path: string,
  head: ArchiveHead,
  copy: Copy,
  progress: (percent: number) => void,
): Promise<number> {
  await mkdir(dirname(path), { recursive: true });
  const half = `${path}.${process.pid}.part`;
  const zip = new ZipFile();
  const mtime = head.madeAt;
  const media = await present(copy.files);
  const addText = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name, { mtime });
  addText('index.html', archiveIndex(head, { ...copy, files: media }));
  addText('manifest.json', manifest(head, copy, media));
  for (const part of copy.parts) addText(`data/${part.kind}.json`, describe(part));
  const total = media.reduce((sum, file) => sum + file.size, 0);
  let packed = 0;
  for (const file of media) {
    // Already compressed: packing it again costs time and wins nothing.
    zip.addFile(file.path, `media/${file.name}`, { mtime, compress: false });
  }
  zip.end();
  const out = zip.outputStream;
  out.on('data', (chunk: Buffer) => {
    packed += chunk.length;
    progress(total === 0 ? 99 : Math.min(99, Math.floor((packed / total) * 100)));
  });
  try {
    await pipeline(out, createWriteStream(half));
    const handle = await open(half, 'r+');
    await handle.sync();
    await handle.close();
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
  return (await stat(path)).size;
}

async function present(files: readonly PersonalFile[]): Promise<(PersonalFile & { readonly size: number })[]> {
  const found = await Promise.all(
    files.map(async (file) => {
      const info = await stat(file.path).catch(() => null);
      return info === null ? null : { ...file, size: info.size };
    }),
  );
  return found.filter((file) => file !== null);
}

function manifest(head: ArchiveHead, copy: Copy, media: readonly (PersonalFile & { readonly size: number })[]): string {
  return JSON.stringify(
    {
      version: 1,
      madeAt: head.madeAt.toISOString(),
      instance: head.publicName,
      data: copy.parts.map(({ kind, rows }) => ({ kind, file: `data/${kind}.json`, rows: rows.length })),
      media: media.map(({ name, size }) => ({ file: `media/${name}`, bytes: size })),
    },
    null,
    2,
  );
}

function describe({ kind, rows }: CopyPart): string {
  const columns: Record<string, string> = {};
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) if (value !== null) columns[name] ??= typeOf(name, value);
  }
  return JSON.stringify({ kind, columns, rows: rows.map(plain) }, null, 2);
}

function typeOf(name: string, value: unknown): string {
  if (value instanceof Date || /(_at|At|since)$/.test(name)) return 'instant (ISO 8601, UTC)';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Object) return 'object';
  if (typeof value === 'bigint' || typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}

/** A card number that somebody typed leaves with no copy. */
const plain = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? String(value) : maskCardNumbersWithin(value),
    ]),
  );
