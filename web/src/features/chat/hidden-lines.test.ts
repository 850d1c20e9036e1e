import type { ChatMessage } from '@virgil/contract';
import { expect, test } from 'vitest';
import { withoutHidden } from './hidden-lines.ts';
import type { Line } from './room-state.ts';

const line = (id: string, userId: string): Line => ({
  kind: 'message',
  late: false,
  // Only what is looked at.
  message: { id, userId, seq: Number(id) } as unknown as ChatMessage,
});
const lines = [line('1', 'ana'), line('2', 'vic'), line('3', 'vic'), line('4', 'ana'), line('5', 'vic')];
const isVic = (userId: string | null) => userId === 'vic';
const shape = (moderates: boolean) =>
  withoutHidden(lines, isVic, { moderates }).map((each) =>
    each.kind === 'hidden' ? each.lines.length : each.kind === 'message' ? each.message.id : each.kind,
  );

test('a viewer does not see what hidden people write, nor that they do', () => {
  expect(shape(false)).toEqual(['1', '4']);
});

test('whoever moderates sees that something stands there, and can open it', () => {
  expect(shape(true)).toEqual(['1', 2, '4', 1]);
});

test('nobody hidden leaves everything as it is', () => {
  expect(withoutHidden(lines, () => false, { moderates: false })).toEqual(lines);
});
