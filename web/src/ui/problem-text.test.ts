import { expect, test } from 'vitest';
import { ApiProblem } from '../api/problem.ts';
import { fieldText, problemText } from './problem-text.ts';

/** Shows which words were asked for, with which facts. */
const t = ((key: string, facts?: object) => `${key}${facts ? JSON.stringify(facts) : ''}`) as never;

test('a refusal for going too fast says how long to wait', () => {
  expect(problemText(t, new ApiProblem('slow_mode', { retryAfterMs: 4200 }))).toBe('slow_mode_wait{"seconds":5}');
  expect(problemText(t, new ApiProblem('rate_limited'))).toBe('rate_limited');
});

test('lengths are said in the page’s language, other refusals in general', () => {
  expect(fieldText(t, 'at most 140 characters')).toBe('field.tooLong{"length":140}');
  expect(fieldText(t, 'at least 2 characters')).toBe('field.tooShort{"length":2}');
  expect(fieldText(t, 'holds half of a surrogate pair')).toBe('field.refused');
});
