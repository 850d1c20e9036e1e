/** The one place where a failure becomes the error half of a socket acknowledgement. */
import type { AckError } from '@virgil/contract';
import type { Logger } from 'pino';
import { asAppError, problemOf } from '../http/index.ts';

export function toAckError(thrown: unknown, logger: Logger, command: string): AckError {
  const error = asAppError(thrown);
  if (error.code === 'internal') logger.error({ err: thrown, command }, 'command failed');
  else if (error.code === 'storage_unavailable') logger.warn({ err: thrown, command }, 'storage unavailable');
  const { detail, retryAfterMs } = error.details;
  return {
    code: error.code,
    message: detail ?? problemOf(error).title,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(retryAfterMs) }),
  };
}
