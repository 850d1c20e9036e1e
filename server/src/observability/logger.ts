/**
 * The log. It tells what the program did, never what people are called, wrote or where they came from: ids only.
 * What carries such things by accident (a failed query's parameters, a request's address) is cut out here.
 */
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import type { Config } from '../config.ts';
import { maskCardNumbersInJson } from './card-numbers.ts';

/** Keys under which personal data or secrets could lie, at the top and one level down. */
const PERSONAL = [
  'email',
  'name',
  'displayName',
  'message',
  'text',
  'body',
  'password',
  'token',
  'cookie',
  'authorization',
  'streamKey',
  'key',
  'ip',
  'remoteAddress',
  'hostname',
  'params',
];

export function createLogger(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level: config.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PERSONAL.flatMap((key) => [key, `*.${key}`]), censor: '[left out]' },
    serializers: { err: describeError },
    hooks: { streamWrite: maskCardNumbersInJson },
  };
  return destination ? pino(options, destination) : pino(options);
}

interface ErrorDescription {
  readonly type: string;
  /** Not `message`: under that name people's words are cut out. */
  readonly reason: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/**
 * A database error repeats the statement's parameters in its message and the offending row in its detail, and both
 * are what people wrote: of these the code and the constraint are told.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, reason: 'not an Error' };
  const fromDatabase = 'query' in error || 'severity' in error;
  return {
    type: error.name,
    reason: fromDatabase ? 'a statement failed' : error.message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...('constraint' in error && typeof error.constraint === 'string' ? { constraint: error.constraint } : {}),
    ...(error.stack ? { stack: framesOf(error.stack) } : {}),
    ...(error.cause !== undefined && depth < 4 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** A stack repeats the message before its first frame. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
