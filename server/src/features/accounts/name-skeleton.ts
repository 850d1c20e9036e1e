/**
 * Display names folded so far that two which look alike have a key in common: UTS #39 skeleton over NFKC, without
 * case, width, accents' order, spaces and invisible characters. It is compared, never shown.
 */
import { readFileSync } from 'node:fs';

/** Removed first: format characters, fillers and variation selectors draw nothing. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u115f\u1160\u3164\uffa0\u2800]/gu;
const SPACE = /[\s\p{Z}]+/gu;

const prototypes = readPrototypes(new URL('./confusables.txt', import.meta.url));

export interface NameKeys {
  /** By the letters as they are written: a capital I looks like an l, a Cyrillic В like a B. */
  readonly skeleton: string;
  /** With case folded first: В and в are one letter, whatever they look like. */
  readonly caseless: string;
}

/** Two names are alike when any key of one is a key of the other. */
export function nameKeys(name: string): NameKeys {
  const visible = name.normalize('NFKC').replace(INVISIBLE, '').replace(SPACE, '');
  return { skeleton: folded(visible), caseless: folded(foldCase(visible)) };
}

/** A prototype may itself be a capital or decompose further; twice is enough for the table, the loop proves it. */
function folded(text: string): string {
  let at = text;
  for (let round = 0; round < 5; round++) {
    const next = foldCase(mapped(at.normalize('NFD')).normalize('NFD'));
    if (next === at) return next;
    at = next;
  }
  return at;
}

/** Whether anything is left to see. */
export function isVisibleName(name: string): boolean {
  return name.normalize('NFKC').replace(INVISIBLE, '').replace(SPACE, '') !== '';
}

/** i, l and 1 are one letter: a capital I looks like an l, and people write 1 for both. */
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
