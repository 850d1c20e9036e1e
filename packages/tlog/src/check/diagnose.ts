/** In what way one list of entries is not the other any more, told from the hashes of the entries. */
import type { LeafList } from './leaf-list.ts';

export type Difference =
  | { readonly kind: 'same' }
  | { readonly kind: 'edited' | 'deleted' | 'inserted'; readonly at: number; readonly count: number }
  | { readonly kind: 'reordered' | 'changed'; readonly at: number }
  | { readonly kind: 'truncated'; readonly at: number; readonly count: number };

/**
 * `before` is what once was so. With `mayGrow`, entries behind the last one of `before` are no difference: the log
 * went on. `at` is the first index that differs.
 */
export function diagnose(before: LeafList, after: LeafList, mayGrow: boolean): Difference {
  const at = firstDifference(before, after);
  if (at === before.size && (mayGrow || after.size === before.size)) return { kind: 'same' };
  if (at === after.size) return { kind: 'truncated', at, count: before.size - after.size };
  if (at === before.size) return { kind: 'inserted', at, count: after.size - before.size };

  const gone = missing(before, after, at);
  const added = missing(after.first(mayGrow ? Math.min(after.size, before.size) : after.size), before, at);
  if (gone.length === 0) {
    return isSubsequence(before, after, at)
      ? { kind: 'inserted', at, count: added.length || 1 }
      : { kind: 'reordered', at };
  }
  if (stayInPlace(before, after, new Set(gone))) return { kind: 'edited', at, count: gone.length };
  const kept = without(before, gone);
  if (kept.every((hash, n) => hash === after.at(n + at)) && at + kept.length <= after.size) {
    // What is missing at the end may just not be shown any more.
    return { kind: 'deleted', at, count: withoutEnd(gone, before.size).length || gone.length };
  }
  // What was put in pushed as much out at the end of what is shown.
  const pushedOut = gone.every((index) => index >= before.size - gone.length);
  if (pushedOut && isSubsequence(before.first(before.size - gone.length), after, at)) {
    return { kind: 'inserted', at, count: gone.length };
  }
  return { kind: 'changed', at };

  function without(list: LeafList, indexes: readonly number[]): string[] {
    const left = new Set(indexes);
    const rest: string[] = [];
    for (let index = at; index < list.size; index += 1) if (!left.has(index)) rest.push(list.at(index));
    return rest;
  }
}

/** The indexes without the unbroken run that reaches to the end. */
function withoutEnd(indexes: readonly number[], size: number): readonly number[] {
  let inner = indexes.length;
  while (inner > 0 && indexes[inner - 1] === size - (indexes.length - inner) - 1) inner -= 1;
  return indexes.slice(0, inner);
}

function firstDifference(one: LeafList, other: LeafList): number {
  const common = Math.min(one.size, other.size);
  if (Buffer.compare(one.slice(0, common), other.slice(0, common)) === 0) return common;
  let index = 0;
  while (one.at(index) === other.at(index)) index += 1;
  return index;
}

/** Indexes, from `start` on, of what `list` holds more often than `other` does. */
function missing(list: LeafList, other: LeafList, start: number): number[] {
  const there = new Map<string, number>();
  for (let index = start; index < other.size; index += 1) {
    there.set(other.at(index), (there.get(other.at(index)) ?? 0) + 1);
  }
  const gone: number[] = [];
  for (let index = start; index < list.size; index += 1) {
    const left = there.get(list.at(index)) ?? 0;
    if (left === 0) gone.push(index);
    else there.set(list.at(index), left - 1);
  }
  return gone;
}

/** Everything but these stands where it stood. */
function stayInPlace(before: LeafList, after: LeafList, except: ReadonlySet<number>): boolean {
  if (after.size < before.size) return false;
  for (let index = 0; index < before.size; index += 1) {
    if (!except.has(index) && before.at(index) !== after.at(index)) return false;
  }
  return true;
}

/** Whether all of `part`, from `start` on, comes in `whole` in the same order. */
function isSubsequence(part: LeafList, whole: LeafList, start: number): boolean {
  let next = start;
  for (let index = start; index < whole.size && next < part.size; index += 1) {
    if (whole.at(index) === part.at(next)) next += 1;
  }
  return next >= part.size;
}
