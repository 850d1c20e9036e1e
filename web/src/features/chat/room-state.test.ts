import type { ChatMessage, Tip } from '@virgil/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRoom, LINES_KEPT, type Line, type Room, type RoomAction, reduceRoom } from './room-state.ts';

const message = (seq: number, change: Partial<ChatMessage> = {}): ChatMessage =>
  ({
    id: `m${seq}`,
    seq,
    streamId: 's1',
    userId: 'u1',
    displayName: 'Mira',
    message: `line ${seq}`,
    danteRealm: 'purgatorio',
    badges: [],
    createdAt: new Date(1_700_000_000_000 + seq * 1000).toISOString(),
    status: 'published',
    ...change,
  }) as ChatMessage;

const run = (...actions: RoomAction[]): Room => actions.reduce(reduceRoom, emptyRoom);
const texts = (room: Room): string[] => room.lines.map(show);
const show = (line: Line): string => {
  if (line.kind === 'tip') return `${line.tip.amount.amount}: ${line.tip.message}`;
  return line.kind === 'message' ? line.message.message : line.kind === 'removed' ? '—' : '…';
};
/** Given between the messages `seq` and `seq + 1`. */
const tip = (id: string, seq: number, words: string | null = 'thanks'): Tip =>
  ({
    id,
    streamId: 's1',
    userId: 'u2',
    displayName: 'Juno',
    badges: [],
    amount: { amount: 500, currency: 'EUR' },
    message: words,
    messageStatus: words === null ? 'none' : 'published',
    createdAt: new Date(1_700_000_000_000 + seq * 1000 + 500).toISOString(),
  }) as unknown as Tip;

const joined = (...seqs: number[]): RoomAction => ({
  type: 'joined',
  history: seqs.map((seq) => message(seq)),
  tips: [],
  seq: seqs.at(-1) ?? 0,
  gap: false,
});

describe('a chat room', () => {
  it('shows the history, then what arrives', () => {
    expect(texts(run(joined(1, 2), { type: 'arrived', message: message(3) }))).toEqual(['line 1', 'line 2', 'line 3']);
  });

  it('adds what was missed after a lost connection, without doubling', () => {
    const room = run(joined(1, 2, 3), joined(3, 4));
    expect(texts(room)).toEqual(['line 1', 'line 2', 'line 3', 'line 4']);
    expect(room.lastSeq).toBe(4);
  });

  it('marks a hole when too much was missed', () => {
    const room = run(joined(1, 2), { type: 'joined', history: [message(90)], tips: [], seq: 90, gap: true });
    expect(texts(room)).toEqual(['line 1', 'line 2', '…', 'line 90']);
  });

  it('shows a tip at its moment, once, however often it comes', () => {
    const again = run(joined(1, 3), { type: 'tipped', tip: tip('t1', 2) }, { type: 'tipped', tip: tip('t1', 2) });
    expect(texts(again)).toEqual(['line 1', '500: thanks', 'line 3']);
    const rejoined = reduceRoom(again, { ...joined(3, 4), tips: [tip('t1', 2), tip('t2', 3)] } as RoomAction);
    expect(texts(rejoined)).toEqual(['line 1', '500: thanks', 'line 3', '500: thanks', 'line 4']);
  });

  it('shows the words with a tip once they are released', () => {
    const room = run({ type: 'tipped', tip: tip('t1', 1, null) }, { type: 'tipped', tip: tip('t1', 1, 'released') });
    expect(texts(room)).toEqual(['500: released']);
  });

  it('keeps tips where messages around them were removed', () => {
    const room = run(joined(1, 2), { type: 'tipped', tip: tip('t1', 1) }, { type: 'cleared' });
    expect(texts(room)).toEqual(['—', '500: thanks', '—']);
  });

  it('keeps a mark where a line was removed, and does not bring it back', () => {
    const room = run(joined(1, 2), { type: 'removed', ids: [message(1).id] }, { type: 'arrived', message: message(1) });
    expect(texts(room)).toEqual(['—', 'line 2']);
  });

  it('clears all lines of one person', () => {
    const other = message(3, { userId: 'u2' as ChatMessage['userId'] });
    const room = run(
      joined(1, 2),
      { type: 'arrived', message: other },
      { type: 'user-cleared', userId: message(1).userId },
    );
    expect(texts(room)).toEqual(['—', '—', 'line 3']);
  });

  it('puts an approved line at its original moment, although its number is new', () => {
    const approved = message(9, {
      id: message(2).id,
      createdAt: message(2).createdAt,
      approvedAt: message(9).createdAt,
    });
    expect(texts(run(joined(1, 3), { type: 'arrived', message: { ...approved, message: 'late' } }))).toEqual([
      'line 1',
      'late',
      'line 3',
    ]);
  });

  it('marks a line that was approved after the room had moved on, and no other', () => {
    const late = (room: Room) => room.lines.map((line) => line.kind === 'message' && line.late);
    const approved = (at: number) =>
      message(9, { id: message(2).id, createdAt: message(2).createdAt, approvedAt: message(at).createdAt });
    expect(late(run(joined(1, 3), { type: 'arrived', message: approved(4) }))).toEqual([false, true, false]);
    expect(late(run(joined(1), { type: 'arrived', message: approved(3) }))).toEqual([false, false]);
    // What came after the approval does not make it late.
    expect(
      late(run(joined(1), { type: 'arrived', message: approved(3) }, { type: 'arrived', message: message(4) })),
    ).toEqual([false, false, false]);
  });

  it('brings a line back that was put back since, and one that is held again', () => {
    const removed: RoomAction = { type: 'removed', ids: [message(1).id] };
    const again = message(8, { id: message(1).id, createdAt: message(1).createdAt });
    expect(texts(run(joined(1, 2), removed, { type: 'arrived', message: again }))).toEqual(['line 8', 'line 2']);
    const held = message(1, { status: 'held' });
    expect(texts(run(joined(1, 2), removed, { type: 'arrived', message: held }))).toEqual(['line 1', 'line 2']);
  });

  it('turns one’s own line into the server’s when it arrives, whichever of answer and line comes first', () => {
    const sending: RoomAction = { type: 'sending', clientId: 'c1', text: 'hello', online: true };
    const arrived: RoomAction = { type: 'arrived', message: message(1, { clientId: 'c1' }) };
    const accepted: RoomAction = { type: 'accepted', clientId: 'c1', status: 'published' };
    for (const order of [
      [arrived, accepted],
      [accepted, arrived],
    ]) {
      const room = run(sending, ...order);
      expect(room.outgoing).toEqual([]);
      expect(room.lines).toHaveLength(1);
    }
  });

  it('keeps a refused line with its reason until it is withdrawn or sent again', () => {
    const error = { code: 'slow_mode', message: 'wait', retryAfterMs: 3000 };
    const refused = run(
      { type: 'sending', clientId: 'c1', text: 'hi', online: true },
      { type: 'refused', clientId: 'c1', error },
    );
    expect(refused.outgoing).toMatchObject([{ state: 'refused', error, text: 'hi' }]);
    expect(reduceRoom(refused, { type: 'withdrawn', clientId: 'c1' }).outgoing).toEqual([]);
  });

  it('is bounded', () => {
    const room = run(joined(...Array.from({ length: LINES_KEPT + 40 }, (_, i) => i + 1)));
    expect(room.lines).toHaveLength(LINES_KEPT);
    expect(room.trimmed).toBe(true);
  });

  it('holds every line once and in the order of its moment, however the messages arrive', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Array.from({ length: 30 }, (_, i) => i + 1)), (order) => {
        const room = run(...order.map((seq): RoomAction => ({ type: 'arrived', message: message(seq) })));
        expect(texts(room)).toEqual(order.toSorted((a, b) => a - b).map((seq) => `line ${seq}`));
      }),
    );
  });
});
