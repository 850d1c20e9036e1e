import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { asStorageError, isRetryable, isUnavailable } from './postgres-errors.ts';

const failure = (code: string) =>
  new DrizzleQueryError('select', [], Object.assign(new Error('x'), { code, severity: 'ERROR' }));

test.each([
  ['53100', 'disk full'],
  ['53200', 'out of memory'],
  ['53300', 'too many connections'],
  ['25006', 'read only'],
  ['57P01', 'shut down'],
  ['57P03', 'starting up'],
  ['57014', 'took too long'],
  ['08006', 'connection failure'],
  ['XX001', 'damaged data'],
  ['ECONNREFUSED', 'nobody listens'],
])('%s (%s) means that the store cannot answer now', (code) => {
  expect(asStorageError(failure(code))).toMatchObject({ code: 'storage_unavailable' });
});

test.each(['23505', '23503', '42501', '42P01', '22P02'])('%s is ours to explain, and passes as it is', (code) => {
  const error = failure(code);
  expect(asStorageError(error)).toBe(error);
});

test('a pool that hands out no connection in time is the store not answering', () => {
  expect(isUnavailable(new Error('timeout exceeded when trying to connect'))).toBe(true);
});

test('serialization failures and deadlocks are tried again, others are not', () => {
  expect(['40001', '40P01', '23505'].map((code) => isRetryable(failure(code)))).toEqual([true, true, false]);
});

test('what a use case refused is never taken for a failure of the store, whatever caused it', () => {
  const refused = new AppError('already_live', { cause: Object.assign(new Error('x'), { code: '53100' }) });
  expect(asStorageError(refused)).toBe(refused);
});
