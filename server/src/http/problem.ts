/** The one place where an error becomes a problem document (RFC 9457). Nothing of our insides goes out. */
import { PROBLEM_STATUS, type ProblemCode, type ProblemDocument } from '@virgil/contract';
import type { FastifyError, FastifyReply } from 'fastify';
import type { ZodError } from 'zod';
import { asStorageError, failureCode } from '../db/postgres-errors.ts';
import { AppError } from '../errors.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const TITLES: Record<ProblemCode, string> = {
  invalid: 'The request is not valid.',
  sign_in_required: 'Sign in first.',
  tier_required: 'Your tier does not include this.',
  patron_required: 'This is for patrons of the channel.',
  banned: 'A penalty is in force.',
  not_allowed: 'You may not do this.',
  own_content: 'Not on your own content or person.',
  origin_refused: 'Requests from this origin are refused.',
  timed_out: 'You are timed out in this channel.',
  mode_restricted: 'The chat’s mode does not allow this now.',
  not_found: 'There is nothing here.',
  already_live: 'The channel is already live.',
  already_decided: 'This was already decided.',
  appeal_exists: 'There is already an appeal.',
  idempotency_conflict: 'The same key was used for something else.',
  stream_not_started: 'The livestream has not been started.',
  stream_ended: 'The livestream has ended.',
  not_joined: 'Join the livestream first.',
  name_taken: 'This name is taken, or looks like one that is.',
  method_not_allowed: 'This method is not offered here.',
  too_large: 'The request is too large.',
  unsupported_media: 'This content type is not accepted here.',
  self_tip: 'You cannot tip yourself.',
  appeal_not_possible: 'This cannot be appealed.',
  notice_incomplete: 'The notice is incomplete.',
  currency_unsupported: 'This currency is not supported.',
  rate_limited: 'Too many requests.',
  slow_mode: 'Slow mode: wait before the next message.',
  internal: 'Something went wrong on our side.',
  payments_unavailable: 'This instance takes no payments.',
  media_unavailable: 'Media is not available now.',
  storage_unavailable: 'Storage is not available now; nothing was changed.',
};

export function problemOf(error: AppError): ProblemDocument {
  const { detail, errors, missing, retryAfterMs } = error.details;
  return {
    type: `/docs#${error.code}`,
    title: TITLES[error.code],
    status: PROBLEM_STATUS[error.code],
    code: error.code,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors: [...errors] }),
    ...(missing === undefined ? {} : { missing: [...missing] }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(retryAfterMs) }),
  };
}

export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  const problem = problemOf(error);
  if (problem.retryAfterMs !== undefined)
    reply.header('retry-after', Math.max(1, Math.ceil(problem.retryAfterMs / 1000)));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="virgil"');
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem));
}

/** Zod's findings as field errors. An unknown field is named, not only its parent. */
export function invalidFrom(error: ZodError): AppError {
  const errors = error.issues.slice(0, 20).flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys
        .slice(0, 20)
        .map((key) => ({ path: shortened([...path, key].join('.')), message: 'unknown field' }));
    }
    return [{ path: shortened(path.join('.')), message: issue.message }];
  });
  return new AppError('invalid', { errors });
}

/** A field's name comes from the client: echo no more of it than a person needs. */
function shortened(path: string): string {
  const wellFormed = path.toWellFormed();
  return wellFormed.length > 100 ? `${wellFormed.slice(0, 100).toWellFormed()}…` : wellFormed;
}

/** PostgreSQL holds no U+0000, wherever it came in: a search, a cursor, an id. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);

/** Anything thrown becomes an AppError: ours as it is, Fastify's own refusals by their kind, the rest our failure. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = (error as Partial<FastifyError>).statusCode;
  const code = (error as Partial<FastifyError>).code ?? '';
  if (typeof status === 'number' && status < 500 && code.startsWith('FST_')) {
    if (status === 413 || code === 'FST_REQ_FILE_TOO_LARGE') return new AppError('too_large', { cause: error });
    if (status === 415 || status === 406) return new AppError('unsupported_media', { cause: error });
    if (status === 404) return new AppError('not_found', { cause: error });
    return new AppError('invalid', { detail: (error as Error).message, cause: error });
  }
  if (UNSTORABLE_TEXT.has(failureCode(error) ?? '')) {
    return new AppError('invalid', { detail: 'A text holds a character that cannot be stored.', cause: error });
  }
  const storage = asStorageError(error);
  return storage instanceof AppError ? storage : new AppError('internal', { cause: error });
}
