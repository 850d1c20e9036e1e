import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let lines = '';
  const destination = {
    write: (line: string) => {
      lines += line;
    },
  };
  write(createLogger({ logLevel: 'trace' }, destination));
  return lines;
}

test('names, addresses, texts and secrets do not reach the log, at the top or one level down', () => {
  const personal = { email: 'ada@example.org', displayName: 'Ada', ip: '192.0.2.7', message: 'hello', token: 's3cret' };
  const lines = logged((logger) => {
    logger.info(personal, 'something');
    logger.warn({ user: personal }, 'something');
  });
  for (const value of Object.values(personal)) expect(lines).not.toContain(value);
});

test('a card number reaches the log in no way', () => {
  const lines = logged((logger) => {
    logger.info({ reason: 'paid with 4242 4242 4242 4242', deep: { at: ['5555555555554444'] } }, 'by 4000056655665556');
    logger.error({ err: new Error('378282246310005 was refused') }, 'failed');
  });
  expect(lines.match(/\[card number\]/g)).toHaveLength(4);
  for (const line of lines.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
});

test('our own errors keep their words', () => {
  expect(logged((logger) => logger.error({ err: new Error('the worker did not answer') }, 'failed'))).toContain(
    'the worker did not answer',
  );
});

test('a failed statement is told by its code and place, without its parameters', () => {
  const cause = Object.assign(new Error('Key (display_name)=(Ada) already exists'), {
    severity: 'ERROR',
    code: '23505',
    constraint: 'profiles_skeleton_key',
    detail: 'Key (display_name)=(Ada) already exists.',
  });
  const line = logged((logger) =>
    logger.error({ err: new DrizzleQueryError('insert into profiles …', ['Ada', 'ada@example.org'], cause) }, 'failed'),
  );
  expect(line).toContain('23505');
  expect(line).toContain('profiles_skeleton_key');
  expect(line).toContain('logger.test.ts');
  expect(line).not.toContain('Ada');
  expect(line).not.toContain('ada@example.org');
});
