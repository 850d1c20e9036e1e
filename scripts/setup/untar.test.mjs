import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { untar } from './untar.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'untar '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function entry(name, content, { kind = '0', mode = '0000755' } = {}) {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(mode, 100);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write(kind, 156);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}
const archive = (...entries) => Buffer.concat([...entries, Buffer.alloc(1024)]);

describe('unpacking an archive', () => {
  it('writes files with their content and mode, in folders of their own', () => {
    const long = 'x'.repeat(700);
    untar(
      archive(entry('lib/', '', { kind: '5' }), entry('lib/a.so', long), entry('b.txt', 'b', { mode: '0000644' })),
      folder,
    );
    expect(readFileSync(path.join(folder, 'lib/a.so'), 'utf8')).toBe(long);
    expect(statSync(path.join(folder, 'lib/a.so')).mode & 0o777).toBe(0o755);
    expect(readFileSync(path.join(folder, 'b.txt'), 'utf8')).toBe('b');
  });

  it('refuses a name that leads out of the folder, and kinds it does not know', () => {
    expect(() => untar(archive(entry('../escaped', 'x')), folder)).toThrow('outside');
    expect(() => untar(archive(entry('link', '', { kind: '2' })), folder)).toThrow('kind 2');
  });
});
