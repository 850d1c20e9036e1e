/**
 * A display name folded so far that two names which look alike fold to the same: UTS #39 skeleton over NFKC, without
 * case, width, accents' order, spaces and invisible characters. It is compared, never shown.
 */
import { readFileSync } from 'node:fs';

/** Removed first: format characters, fillers and variation selectors draw nothing. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u115f\u1160\u3164\uffa0\u2800]/gu;
const SPACE = /[\s\p{Z}]+/gu;

const prototypes = readPrototypes(new URL('./confusables.txt', import.meta.url));

export function nameSkeleton(name: string): string {
  let folded = foldCase(name.normalize('NFKC').replace(INVISIBLE, '').replace(SPACE, ''));
  // A prototype may itself be a capital or decompose further; twice is enough for the table, the loop proves it.
  for (let round = 0; round < 4; round++) {
    const next = foldCase(mapped(folded.normalize('NFD')).normalize('NFD'));
    if (next === folded) return next;
    folded = next;
  }
  return folded;
}

/** Whether anything is left to see. */
export function isVisibleName(name: string): boolean {
  return name.normalize('NFKC').replace(INVISIBLE, '').replace(SPACE, '') !== '';
}

/** `I` and `l` look the same but only in that case; folding case first would lose it, so i, l and 1 are one letter. */
function foldCase(value: string): string {
  return value
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[iı1|]/gu, 'l');
}

function mapped(value: string): string {
  let out = '';
  for (const character of value) out += prototypes.get(character) ?? character;
  return out;
}

function readPrototypes(file: URL): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [target, sources] = line.split('<');
    if (line.startsWith('#') || target === undefined || sources === undefined) continue;
    const prototype = target
      .split(' ')
      .map((hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
      .join('');
    for (const range of sources.split(' ')) {
      const [first = '', last = first] = range.split('-');
      for (let at = Number.parseInt(first, 16); at <= Number.parseInt(last, 16); at++) {
        map.set(String.fromCodePoint(at), prototype);
      }
    }
  }
  return map;
}
