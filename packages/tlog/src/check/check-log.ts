/**
 * Checks a whole log from outside: whether the log's key signed what it shows, whether that contains all that was seen
 * before, and whether the entries are those that were promised. What is wrong is said in words.
 */
import { type OpenedCheckpoint, openCheckpoint } from '../checkpoint.ts';
import { MalformedError, UnverifiedError } from '../errors.ts';
import { sameHash } from '../hashing.ts';
import type { PublicKey } from '../keys.ts';
import { type Difference, diagnose } from './diagnose.ts';
import type { LeafList } from './leaf-list.ts';
import { readEntries, readLeaves, type ShownLeaves } from './read-log.ts';
import type { LogSource } from './source.ts';

/**
 * `forked`: the log signed two histories that exclude one another. `unsigned`: its key did not sign what it shows.
 * `changed`: what is shown is not what was signed, in no simpler way or in a way that can't be told.
 */
export type FindingKind =
  | 'edited'
  | 'deleted'
  | 'inserted'
  | 'reordered'
  | 'truncated'
  | 'forked'
  | 'changed'
  | 'unsigned';

export interface Finding {
  readonly kind: FindingKind;
  /** The first entry concerned, from 0; null when it can't be told. */
  readonly at: number | null;
  /** For people. */
  readonly words: string;
}

/** What was seen last. */
export interface SeenLog {
  /** The signed note. */
  readonly note: string;
  /** The hashes of its leaves, to tell in which way it was changed; without them only that it was. */
  readonly leaves: LeafList | null;
}

export interface CheckOptions {
  readonly source: LogSource;
  /** Where entries are read, when they are to be compared too. */
  readonly entries?: LogSource;
  readonly origin: string;
  readonly keys: readonly PublicKey[];
  readonly witnesses?: readonly PublicKey[];
  readonly seen?: SeenLog;
  readonly progress?: (what: 'hashes' | 'entries', done: number, size: number) => void;
}

export interface Verdict {
  /** Most telling first; empty when all is well. */
  readonly findings: readonly Finding[];
  /** The signed note as it was found, null when there was none. */
  readonly note: string | null;
  readonly opened: OpenedCheckpoint | null;
  readonly leaves: LeafList | null;
  /** How many entries were compared with the tree. */
  readonly entriesChecked: number;
}

export async function checkLog(options: CheckOptions): Promise<Verdict> {
  const { source, seen, progress } = options;
  const bytes = await source.read('checkpoint');
  const note = bytes === null ? null : utf8(bytes);
  const opened = note === null ? 'there is no checkpoint' : open(note, options);
  if (typeof opened === 'string') {
    return {
      findings: [{ kind: 'unsigned', at: null, words: opened }],
      note,
      opened: null,
      leaves: null,
      entriesChecked: 0,
    };
  }
  const { size } = opened.checkpoint;
  const shown = await readLeaves(size, source, (done) => progress?.('hashes', Math.min(done, size), size));
  const { entries } = options;
  const told = entries && (await readEntries(size, entries, (done) => progress?.('entries', done, size)));
  const earlier = seen && { ...seen, opened: open(seen.note, options) };
  if (typeof earlier?.opened === 'string') throw new UnverifiedError(`the checkpoint seen last: ${earlier.opened}`);
  const findings = [
    ...againstEarlier(opened, shown, earlier && { leaves: earlier.leaves, opened: earlier.opened as OpenedCheckpoint }),
    ...againstSignature(opened, shown, told, earlier?.leaves ?? null),
    ...againstEntries(shown, told, size),
    ...shown.faults.map((words): Finding => ({ kind: 'changed', at: null, words })),
    ...(told?.faults ?? []).map((words): Finding => ({ kind: 'changed', at: null, words })),
  ];
  return { findings: distinct(findings), note, opened, leaves: shown.leaves, entriesChecked: told?.leaves.size ?? 0 };
}

/** In words what is wrong with it, when anything is. */
function open(note: string, log: CheckOptions): OpenedCheckpoint | string {
  try {
    return openCheckpoint(note, log);
  } catch (error) {
    if (error instanceof MalformedError || error instanceof UnverifiedError) return error.message;
    throw error;
  }
}

interface Earlier {
  readonly opened: OpenedCheckpoint;
  readonly leaves: LeafList | null;
}

function againstEarlier(now: OpenedCheckpoint, shown: ShownLeaves, earlier: Earlier | undefined): Finding[] {
  if (earlier === undefined) return [];
  const { checkpoint: before } = earlier.opened;
  const { checkpoint: after } = now;
  if (after.size < before.size) {
    const words = `The log ends after ${count(after.size)}; ${count(before.size)} were seen. The last ${before.size - after.size} are gone.`;
    return [...forkedBehind(after, before, shown, earlier), { kind: 'truncated', at: after.size, words }];
  }
  if (after.size === before.size && !sameHash(after.root, before.root)) {
    return [forked(`The log signed two different trees of ${count(after.size)}.`, shown, earlier)];
  }
  const contained = shown.leaves.size >= before.size && sameHash(shown.leaves.first(before.size).root(), before.root);
  // Where the tree shown is not even the one signed, the signature is not to blame for it.
  if (contained || !sameHash(shown.leaves.root(), after.root)) return [];
  return [
    forked(
      `The log signed a tree of ${count(after.size)} that does not contain the ${before.size} seen before.`,
      shown,
      earlier,
    ),
  ];
}

/** A shorter log may, on top of that, not be a beginning of the longer one. */
function forkedBehind(
  after: OpenedCheckpoint['checkpoint'],
  before: OpenedCheckpoint['checkpoint'],
  shown: ShownLeaves,
  earlier: Earlier,
): Finding[] {
  const beginning = earlier.leaves?.first(after.size);
  if (beginning === undefined || beginning.size < after.size || sameHash(beginning.root(), after.root)) return [];
  return [
    forked(
      `The tree of ${count(after.size)} that it signed is no beginning of the one of ${count(before.size)} that it signed before.`,
      shown,
      earlier,
    ),
  ];
}

function forked(words: string, shown: ShownLeaves, { leaves }: Earlier): Finding {
  const how = leaves === null ? { kind: 'same' as const } : diagnose(leaves, shown.leaves, true);
  const detail = how.kind === 'same' ? '' : ` ${describe(how)}`;
  return {
    kind: 'forked',
    at: how.kind === 'same' ? null : how.at,
    words: `${words}${detail} Both signed checkpoints together prove it: keep them.`,
  };
}

function againstSignature(
  { checkpoint }: OpenedCheckpoint,
  shown: ShownLeaves,
  told: ShownLeaves | undefined,
  before: LeafList | null,
): Finding[] {
  if (shown.leaves.size === checkpoint.size && sameHash(shown.leaves.root(), checkpoint.root)) return [];
  const right =
    told !== undefined && told.leaves.size === checkpoint.size && sameHash(told.leaves.root(), checkpoint.root);
  const promised = right ? told.leaves : before;
  const how: Difference = promised === null ? { kind: 'same' } : diagnose(promised, shown.leaves, !right);
  if (how.kind !== 'same') {
    const whose = right
      ? 'The entries are those that were signed, the tiles are not.'
      : 'The tree is not the one that was signed.';
    return [{ kind: how.kind, at: how.at, words: `${whose} ${describe(how)}` }];
  }
  if (shown.leaves.size < checkpoint.size) {
    const words = `${count(checkpoint.size)} were signed; the tiles end after ${shown.leaves.size}.`;
    return [{ kind: 'truncated', at: shown.leaves.size, words }];
  }
  const since = before === null ? '' : `, among the ${checkpoint.size - before.size} that were not seen before`;
  const words = `The tree is not the one that was signed${since}. In what way can only be told beside hashes or entries that are right.`;
  return [{ kind: 'changed', at: null, words }];
}

function againstEntries(shown: ShownLeaves, told: ShownLeaves | undefined, size: number): Finding[] {
  if (told === undefined) return [];
  const how = diagnose(shown.leaves, told.leaves, shown.leaves.size < size);
  if (how.kind === 'same') return [];
  return [{ kind: how.kind, at: how.at, words: `The entries are not those in the tree. ${describe(how)}` }];
}

function describe(how: Exclude<Difference, { kind: 'same' }>): string {
  switch (how.kind) {
    case 'edited':
      return how.count === 1
        ? `Entry ${how.at} was edited.`
        : `${how.count} entries were edited, the first is ${how.at}.`;
    case 'deleted':
      return how.count === 1
        ? `Entry ${how.at} was deleted.`
        : `${how.count} entries were deleted, the first is ${how.at}.`;
    case 'inserted':
      return how.count === 1
        ? `An entry was inserted at ${how.at}.`
        : `${how.count} entries were inserted, the first at ${how.at}.`;
    case 'reordered':
      return `From entry ${how.at} on, the same entries stand in another order.`;
    case 'truncated':
      return `The last ${count(how.count)} are missing, from ${how.at} on.`;
    case 'changed':
      return `From entry ${how.at} on, several things were changed at once.`;
  }
}

function count(entries: number): string {
  return entries === 1 ? '1 entry' : `${entries} entries`;
}

/** One fault is often seen from two sides. */
function distinct(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding, n) => !findings.slice(0, n).some(({ words }) => words === finding.words));
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
