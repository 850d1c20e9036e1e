import { expect, test } from 'vitest';
import { SESSIONS_PER_VIEWER, ViewerSessions } from './viewer-sessions.ts';

test('a viewer who opens one session too many loses the oldest', () => {
  const sessions = new ViewerSessions();
  for (let n = 0; n < SESSIONS_PER_VIEWER; n++) expect(sessions.add('anna', `a${n}`)).toEqual([]);
  expect(sessions.add('anna', 'one-more')).toEqual(['a0']);
  expect(sessions.add('berta', 'b0')).toEqual([]);
});

test('sessions that ended do not count', () => {
  const sessions = new ViewerSessions();
  for (let n = 0; n < 100; n++) {
    expect(sessions.add('anna', `a${n}`)).toEqual([]);
    sessions.remove(`a${n}`);
  }
  expect(sessions.size).toBe(0);
});

test('a guest who vanished leaves nothing behind', () => {
  const sessions = new ViewerSessions();
  for (let n = 0; n < 100; n++) {
    sessions.add(`visit:${n}`, `r${n}`);
    sessions.forgetOnly(`visit:${n}`);
  }
  expect(sessions.size).toBe(0);
});
