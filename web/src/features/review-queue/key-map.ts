/** Which key does what at the desk, and which keys can be given to an act. Pure. */
import type { desk } from '@virgil/contract';

export type Keys = desk.DeskPreferences['keys'];

/** In the order in which they are shown. */
export const ACTS: readonly desk.DeskAct[] = [
  'approve',
  'reject',
  'timeout',
  'punish',
  'escalate',
  'next',
  'down',
  'up',
  'undo',
  'look',
  'search',
  'help',
];

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Letters count alike, large and small; with Ctrl, Command or Alt a key belongs to the browser or to the page. */
export function actOf(keys: Keys, { altKey, ctrlKey, key, metaKey }: Pressed): desk.DeskAct | null {
  if (altKey || ctrlKey || metaKey) return null;
  return ACTS.find((act) => keys[act].toLowerCase() === key.toLowerCase()) ?? null;
}

export type KeyRefusal =
  /** Another act has it. */
  | { readonly because: 'taken'; readonly by: desk.DeskAct }
  /** Digits choose in an open strip. */
  | { readonly because: 'digit' }
  /** Not one visible character: arrows, Tab and Enter move and press everywhere. */
  | { readonly because: 'unusable' };

export function withKey(keys: Keys, act: desk.DeskAct, key: string): Keys | KeyRefusal {
  if (!/^[!-~]$/.test(key)) return { because: 'unusable' };
  if (/^[0-9]$/.test(key)) return { because: 'digit' };
  const wanted = key.toLowerCase();
  const by = ACTS.find((other) => other !== act && keys[other].toLowerCase() === wanted);
  return by === undefined ? { ...keys, [act]: wanted } : { because: 'taken', by };
}

export const isRefused = (result: Keys | KeyRefusal): result is KeyRefusal => 'because' in result;

/** As it is printed on a button. */
export const keyName = (key: string): string => key.toUpperCase();
