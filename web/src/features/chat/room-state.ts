/**
 * The lines of one chat room as a viewer sees them: messages and tips at their moments, own lines that are still on
 * their way at the end. Pure; sockets and React feed it actions.
 */
import type { ChatMessage, chat, MessageId, Tip, UserId } from '@virgil/contract';

export type Line =
  | { readonly kind: 'message'; readonly message: ChatMessage; readonly late: boolean }
  | { readonly kind: 'tip'; readonly tip: Tip }
  /** What moderation took away stays as a mark at its place. */
  | { readonly kind: 'removed'; readonly id: MessageId; readonly seq: number; readonly at: string }
  /** `seq` and moment of the first line after a hole in the history. */
  | { readonly kind: 'gap'; readonly seq: number; readonly at: string };

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
  | {
      readonly type: 'joined';
      readonly history: readonly ChatMessage[];
      readonly tips: readonly Tip[];
      readonly seq: number;
      readonly gap: boolean;
    }
  | { readonly type: 'earlier'; readonly messages: readonly ChatMessage[]; readonly tips: readonly Tip[] }
  | { readonly type: 'arrived'; readonly message: ChatMessage }
  /** New, or with other words than before. */
  | { readonly type: 'tipped'; readonly tip: Tip }
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
/** A history that is shorter begins with the stream. */
const WHOLE_HISTORY = 50;

export const emptyRoom: Room = { lines: [], outgoing: [], lastSeq: 0, trimmed: false };

export function reduceRoom(room: Room, action: RoomAction): Room {
  switch (action.type) {
    case 'joined': {
      const fresh = action.gap || room.lines.length === 0;
      const first = action.history[0];
      const start: Line[] =
        fresh && action.gap && room.lines.length > 0 && first
          ? [{ kind: 'gap', seq: first.seq, at: first.createdAt }]
          : [];
      const kept = fresh && !action.gap ? [] : room.lines;
      const next = { ...room, lastSeq: Math.max(room.lastSeq, action.seq) };
      const since = shownSince(room.lines, action.history);
      const tips = action.tips.filter(({ createdAt }) => createdAt >= since);
      return settle(next, [...kept, ...start], { messages: action.history, tips });
    }
    case 'earlier':
      return { ...settle(room, room.lines, action, Number.POSITIVE_INFINITY), trimmed: false };
    case 'arrived':
      return settle(room, room.lines, { messages: [action.message], tips: [] });
    case 'tipped':
      return settle(room, room.lines, { messages: [], tips: [action.tip] });
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

/** Tips from before the first line wait for the page of messages they stood between. */
function shownSince(lines: readonly Line[], history: readonly ChatMessage[]): string {
  const [shown] = lines;
  if (shown) return momentOf(shown);
  return history.length < WHOLE_HISTORY ? '' : (history[0]?.createdAt ?? '');
}

/** Merges what came into the lines: one line an id (a later approval replaces), in order of first appearance by seq. */
function settle(
  room: Room,
  lines: readonly Line[],
  { messages, tips }: { readonly messages: readonly ChatMessage[]; readonly tips: readonly Tip[] },
  limit: number = LINES_KEPT,
): Room {
  if (messages.length === 0 && tips.length === 0 && lines === room.lines) return room;
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
    // What went stays away, unless it came back since, or is held again: then the server says so under a new number.
    if (known?.kind === 'removed' && message.seq <= known.seq && message.status !== 'held') continue;
    byId.set(message.id, { kind: 'message', message, late: false });
    if (known || message.seq < highest || message.approvedAt !== undefined) inOrder = false;
    highest = Math.max(highest, message.seq);
  }
  for (const tip of tips) {
    byId.set(tip.id, { kind: 'tip', tip });
    inOrder = false;
  }
  let next = [...byId.values()];
  if (!inOrder) next.sort(byPlace);
  const trimmed = room.trimmed || next.length > limit;
  if (next.length > limit) next = next.slice(next.length - limit);
  const outgoing = room.outgoing.filter((entry) => !arrivedClientIds.has(entry.clientId));
  return {
    lines: markLate(next),
    outgoing: outgoing.length === room.outgoing.length ? room.outgoing : outgoing,
    lastSeq,
    trimmed,
  };
}

/** Late is what was approved after the room had moved on: something later stood there before it. */
function markLate(lines: readonly Line[]): readonly Line[] {
  if (!lines.some((line) => line.kind === 'message' && line.message.approvedAt !== undefined)) return lines;
  return lines.map((line, n) => {
    if (line.kind !== 'message') return line;
    const next = lines[n + 1];
    const { approvedAt } = line.message;
    const late = approvedAt !== undefined && next !== undefined && momentOf(next) < approvedAt;
    return late === line.late ? line : { ...line, late };
  });
}

/** An approved line goes to its original moment: by creation time, then by seq; a hole stands before what follows it. */
function byPlace(a: Line, b: Line): number {
  const [atA, atB] = [momentOf(a), momentOf(b)];
  if (atA !== atB) return atA < atB ? -1 : 1;
  if ((a.kind === 'gap') !== (b.kind === 'gap')) return a.kind === 'gap' ? -1 : 1;
  return placeOf(a) - placeOf(b);
}

function momentOf(line: Line): string {
  if (line.kind === 'message') return line.message.createdAt;
  return line.kind === 'tip' ? line.tip.createdAt : line.at;
}

/** Tips have no number among the messages; of one moment, they stand before them. */
function placeOf(line: Line): number {
  if (line.kind === 'tip') return 0;
  return line.kind === 'message' ? line.message.seq : line.seq;
}

export function keyOf(line: Line): string {
  if (line.kind === 'message') return line.message.id;
  if (line.kind === 'tip') return line.tip.id;
  return line.kind === 'removed' ? line.id : `gap-${line.seq}`;
}

function isOf(line: Line, ids: ReadonlySet<string>): line is Extract<Line, { kind: 'message' }> {
  return line.kind === 'message' && ids.has(line.message.id);
}

function tombstone(line: Extract<Line, { kind: 'message' }>): Line {
  return { kind: 'removed', id: line.message.id, seq: line.message.seq, at: line.message.createdAt };
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
