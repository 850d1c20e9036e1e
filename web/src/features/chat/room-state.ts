/**
 * The lines of one chat room as a viewer sees them: server lines in `seq` order, own lines that are still on their
 * way at the end. Pure; sockets and React feed it actions.
 */
import type { ChatMessage, chat, MessageId, UserId } from '@virgil/contract';

export type Line =
  | { readonly kind: 'message'; readonly message: ChatMessage; readonly late: boolean }
  /** What moderation took away stays as a mark at its place. */
  | { readonly kind: 'removed'; readonly id: MessageId; readonly seq: number }
  /** `seq` of the first line after a hole in the history. */
  | { readonly kind: 'gap'; readonly seq: number };

export type OutgoingState = 'sending' | 'waiting' | 'refused' | 'blocked';

/** A line of one's own that the server has not published. `waiting`: offline, is sent when the connection is back. */
export interface Outgoing {
  readonly clientId: string;
  readonly text: string;
  readonly state: OutgoingState;
  readonly error: { readonly code: string; readonly message: string; readonly retryAfterMs?: number } | null;
}

export interface Room {
  readonly lines: readonly Line[];
  readonly outgoing: readonly Outgoing[];
  /** Highest `seq` seen; the room is rejoined with it. */
  readonly lastSeq: number;
  /** Lines left out at the top because the list is bounded; older ones can be paged in again. */
  readonly trimmed: boolean;
}

export type RoomAction =
  | { readonly type: 'joined'; readonly history: readonly ChatMessage[]; readonly seq: number; readonly gap: boolean }
  | { readonly type: 'earlier'; readonly messages: readonly ChatMessage[] }
  | { readonly type: 'arrived'; readonly message: ChatMessage }
  | { readonly type: 'removed'; readonly ids: readonly MessageId[] }
  | { readonly type: 'user-cleared'; readonly userId: UserId }
  | { readonly type: 'cleared' }
  | { readonly type: 'sending'; readonly clientId: string; readonly text: string; readonly online: boolean }
  | { readonly type: 'accepted'; readonly clientId: string; readonly status: 'published' | 'held' | 'blocked' }
  | { readonly type: 'refused'; readonly clientId: string; readonly error: NonNullable<Outgoing['error']> }
  | { readonly type: 'queued'; readonly clientId: string }
  | { readonly type: 'withdrawn'; readonly clientId: string };

/** Most lines kept; a room of many hours must not grow without end. */
export const LINES_KEPT = 500;

export const emptyRoom: Room = { lines: [], outgoing: [], lastSeq: 0, trimmed: false };

export function reduceRoom(room: Room, action: RoomAction): Room {
  switch (action.type) {
    case 'joined': {
      const fresh = action.gap || room.lines.length === 0;
      const first = action.history[0];
      const start: Line[] =
        fresh && action.gap && room.lines.length > 0 && first ? [{ kind: 'gap', seq: first.seq }] : [];
      const kept = fresh && !action.gap ? [] : room.lines;
      return settle({ ...room, lastSeq: Math.max(room.lastSeq, action.seq) }, [...kept, ...start], action.history);
    }
    case 'earlier':
      return { ...settle(room, room.lines, action.messages, Number.POSITIVE_INFINITY), trimmed: false };
    case 'arrived':
      return settle(room, room.lines, [action.message]);
    case 'removed': {
      const gone = new Set<string>(action.ids);
      return { ...room, lines: room.lines.map((line) => (isOf(line, gone) ? tombstone(line) : line)) };
    }
    case 'user-cleared':
      return {
        ...room,
        lines: room.lines.map((line) =>
          line.kind === 'message' && line.message.userId === action.userId ? tombstone(line) : line,
        ),
      };
    case 'cleared':
      return { ...room, lines: room.lines.map((line) => (line.kind === 'message' ? tombstone(line) : line)) };
    case 'sending': {
      const entry: Outgoing = {
        clientId: action.clientId,
        text: action.text,
        state: action.online ? 'sending' : 'waiting',
        error: null,
      };
      return { ...room, outgoing: [...without(room.outgoing, action.clientId), entry] };
    }
    case 'queued':
      return { ...room, outgoing: change(room.outgoing, action.clientId, { state: 'waiting', error: null }) };
    case 'accepted':
      return {
        ...room,
        outgoing:
          action.status === 'blocked'
            ? change(room.outgoing, action.clientId, { state: 'blocked' })
            : without(room.outgoing, action.clientId),
      };
    case 'refused':
      return { ...room, outgoing: change(room.outgoing, action.clientId, { state: 'refused', error: action.error }) };
    case 'withdrawn':
      return { ...room, outgoing: without(room.outgoing, action.clientId) };
  }
}

/** Merges messages into the lines: one line an id (a later approval replaces), in order of first appearance by seq. */
function settle(
  room: Room,
  lines: readonly Line[],
  messages: readonly ChatMessage[],
  limit: number = LINES_KEPT,
): Room {
  if (messages.length === 0 && lines === room.lines) return room;
  const byId = new Map<string, Line>();
  for (const line of lines) byId.set(keyOf(line), line);
  let lastSeq = room.lastSeq;
  let inOrder = true;
  let highest = lines.reduce((most, line) => Math.max(most, placeOf(line)), 0);
  const arrivedClientIds = new Set<string>();
  for (const message of messages) {
    lastSeq = Math.max(lastSeq, message.seq);
    if (message.clientId) arrivedClientIds.add(message.clientId);
    const known = byId.get(message.id);
    if (known?.kind === 'removed') continue;
    const late = message.approvedAt !== undefined;
    byId.set(message.id, { kind: 'message', message, late });
    if (known || message.seq < highest || late) inOrder = false;
    highest = Math.max(highest, message.seq);
  }
  let next = [...byId.values()];
  if (!inOrder) next.sort(byPlace);
  const trimmed = room.trimmed || next.length > limit;
  if (next.length > limit) next = next.slice(next.length - limit);
  const outgoing = room.outgoing.filter((entry) => !arrivedClientIds.has(entry.clientId));
  return {
    lines: next,
    outgoing: outgoing.length === room.outgoing.length ? room.outgoing : outgoing,
    lastSeq,
    trimmed,
  };
}

/** An approved line goes to its original moment: by creation time, then by seq. */
function byPlace(a: Line, b: Line): number {
  if (a.kind === 'message' && b.kind === 'message') {
    if (a.message.createdAt !== b.message.createdAt) return a.message.createdAt < b.message.createdAt ? -1 : 1;
    return a.message.seq - b.message.seq;
  }
  return placeOf(a) - placeOf(b) || (a.kind === 'gap' ? -1 : b.kind === 'gap' ? 1 : 0);
}

function placeOf(line: Line): number {
  return line.kind === 'message' ? line.message.seq : line.seq;
}

function keyOf(line: Line): string {
  return line.kind === 'message' ? line.message.id : line.kind === 'removed' ? line.id : `gap-${line.seq}`;
}

function isOf(line: Line, ids: ReadonlySet<string>): line is Extract<Line, { kind: 'message' }> {
  return line.kind === 'message' && ids.has(line.message.id);
}

function tombstone(line: Extract<Line, { kind: 'message' }>): Line {
  return { kind: 'removed', id: line.message.id, seq: line.message.seq };
}

function without(outgoing: readonly Outgoing[], clientId: string): readonly Outgoing[] {
  return outgoing.filter((entry) => entry.clientId !== clientId);
}

function change(outgoing: readonly Outgoing[], clientId: string, by: Partial<Outgoing>): readonly Outgoing[] {
  return outgoing.map((entry) => (entry.clientId === clientId ? { ...entry, ...by } : entry));
}

/** Reactions on the buttons: what the page loaded plus what was counted since. */
export function addReactions(
  totals: Readonly<Record<chat.ReactionType, number>>,
  counts: Partial<Record<chat.ReactionType, number>>,
): Record<chat.ReactionType, number> {
  const next = { ...totals };
  for (const [type, count] of Object.entries(counts) as [chat.ReactionType, number][]) next[type] += count;
  return next;
}
