import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const text = (block, from, length) => block.toString('utf8', from, from + length).replace(/\0.*$/s, '');

/** Unpacks the files of a plain tar archive. It knows ustar names and nothing else, which the browser's archives keep to. */
export function untar(archive, folder) {
  for (let at = 0; at + 512 <= archive.length; ) {
    const header = archive.subarray(at, at + 512);
    const name = [text(header, 345, 155), text(header, 0, 100)].filter(Boolean).join('/');
    if (name === '') return;
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    const kind = text(header, 156, 1) || '0';
    const target = path.join(folder, name);
    if (path.relative(folder, target).startsWith('..'))
      throw new Error(`the archive reaches outside its folder: ${name}`);
    if (kind === '0') {
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, archive.subarray(at + 512, at + 512 + size), {
        mode: Number.parseInt(text(header, 100, 8), 8),
      });
    } else if (kind !== '5') {
      throw new Error(`the archive holds an entry of kind ${kind}, which is not supported: ${name}`);
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
