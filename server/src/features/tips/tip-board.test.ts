import type { StreamId, Tip, TipId, UserId } from '@virgil/contract';
import { expect, test } from 'vitest';
import { TIPS_ON_JOIN, TipBoard } from './tip-board.ts';

const stream = 's' as StreamId;
const everybody = { userId: null, moderates: false };

const tip = (n: number, message = `tip ${n}`): Tip => ({
  id: `t${n}` as TipId,
  streamId: stream,
  userId: 'juno' as UserId,
  displayName: 'Juno',
  badges: [],
  amount: { amount: 500, currency: 'EUR' },
  message,
  messageStatus: 'published',
  createdAt: new Date(1_800_000_000_000 + n * 1000).toISOString(),
});
const shown = (board: TipBoard) => board.recent(stream, everybody).map(({ message }) => message);

test('a board shows what was read, then what is given, newest last', async () => {
  const board = new TipBoard(async () => [tip(1), tip(2)]);
  expect(shown(board)).toEqual([]);
  await board.load(stream);
  await board.put(tip(3));
  expect(shown(board)).toEqual(['tip 1', 'tip 2', 'tip 3']);
});

test('a tip that comes while the board is being read is there once, with its newest words', async () => {
  const reading = Promise.withResolvers<Tip[]>();
  const board = new TipBoard(() => reading.promise);
  const loaded = board.load(stream);
  const put = board.put(tip(2, 'released'));
  reading.resolve([tip(1), tip(2, 'held')]);
  await Promise.all([loaded, put]);
  expect(shown(board)).toEqual(['tip 1', 'released']);
});

test('many who enter at once are one reading; a reading that failed is tried again', async () => {
  let readings = 0;
  const board = new TipBoard(async () => {
    readings++;
    if (readings === 1) throw new Error('the database is away');
    return [tip(1)];
  });
  await expect(board.load(stream)).rejects.toThrow('away');
  await Promise.all(Array.from({ length: 10 }, () => board.load(stream)));
  expect(readings).toBe(2);
  expect(shown(board)).toEqual(['tip 1']);
});

test('a board is bounded, and forgets a stream that ended', async () => {
  const board = new TipBoard(async () => []);
  await board.load(stream);
  for (let n = 1; n <= TIPS_ON_JOIN + 5; n++) await board.put(tip(n));
  expect(shown(board)).toHaveLength(TIPS_ON_JOIN);
  expect(shown(board).at(-1)).toBe(`tip ${TIPS_ON_JOIN + 5}`);
  board.forget(stream);
  expect(shown(board)).toEqual([]);
});

test('of a person who is gone it keeps nothing, not even what was being read as they went', async () => {
  const given = [tip(1)];
  const reading = Promise.withResolvers<Tip[]>();
  let readings = 0;
  const board = new TipBoard(async () => (++readings === 1 ? reading.promise : given));
  const loaded = board.load(stream);
  const forgotten = board.forgetPerson('juno' as UserId);
  reading.resolve([...given]);
  given[0] = { ...tip(1, ''), userId: null, displayName: 'Erased' };
  await Promise.all([loaded, forgotten]);
  expect(shown(board)).toEqual([]);
  await board.load(stream);
  expect(board.recent(stream, everybody).map(({ displayName }) => displayName)).toEqual(['Erased']);
  await board.forgetPerson('mira' as UserId);
  expect(shown(board)).toEqual(['']);
});
