import type { LivestreamSummary } from '@virgil/contract';
import { expect, test } from 'vitest';
import { chooseLead } from './choose-lead.ts';

const stream = (id: string, facts: Partial<LivestreamSummary> = {}): LivestreamSummary =>
  ({ id, patronOnly: false, mediaState: 'live', ...facts }) as LivestreamSummary;
const ids = (streams: readonly LivestreamSummary[]): string[] => streams.map(({ id }) => id);

test('the most watched leads, four stand beside it, the rest fill the grid', () => {
  const { lead, beside, rest } = chooseLead(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => stream(id)));
  expect(lead?.id).toBe('a');
  expect(ids(beside)).toEqual(['b', 'c', 'd', 'e']);
  expect(ids(rest)).toEqual(['f', 'g']);
});

test('a stream for patrons or without a picture does not lead, and keeps its place in the order', () => {
  const { lead, beside } = chooseLead([
    stream('a', { patronOnly: true }),
    stream('b', { mediaState: 'waiting' }),
    stream('c'),
  ]);
  expect(lead?.id).toBe('c');
  expect(ids(beside)).toEqual(['a', 'b']);
});

test('without any stream to lead all go to the grid', () => {
  const { lead, rest } = chooseLead([stream('a', { mediaState: 'interrupted' })]);
  expect(lead).toBeNull();
  expect(ids(rest)).toEqual(['a']);
});
