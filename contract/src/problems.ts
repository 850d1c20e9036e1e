/**
 * The closed list of error codes and the HTTP status each one carries.
 *
 * Over HTTP an error is a problem document (RFC 9457, `application/problem+json`) whose `code` is one of
 * these; a socket acknowledgement carries the same code. Codes are stable: clients may branch on them,
 * `title` and `detail` are for people and may change.
 */
import { z } from 'zod';

export const PROBLEM_STATUS = {
  invalid: 400,
  sign_in_required: 401,
  tier_required: 403,
  patron_required: 403,
  banned: 403,
  not_allowed: 403,
  own_content: 403,
  origin_refused: 403,
  timed_out: 403,
  mode_restricted: 403,
  not_found: 404,
  already_live: 409,
  already_decided: 409,
  appeal_exists: 409,
  idempotency_conflict: 409,
  stream_not_started: 409,
  stream_ended: 409,
  not_joined: 409,
  name_taken: 409,
  method_not_allowed: 405,
  too_large: 413,
  unsupported_media: 415,
  self_tip: 422,
  appeal_not_possible: 422,
  notice_incomplete: 422,
  currency_unsupported: 422,
  rate_limited: 429,
  slow_mode: 429,
  internal: 500,
  payments_unavailable: 503,
  media_unavailable: 503,
  storage_unavailable: 503,
} as const;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

export const PROBLEM_CODES = Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]];

export const problemCode = z.enum(PROBLEM_CODES);

/** One field that was refused. `path` is dotted (`title`, `subject.id`), `message` is for people. */
export const fieldError = z.object({ path: z.string(), message: z.string() });

/** RFC 9457 problem document. `retryAfterMs` accompanies 429, `missing` accompanies `notice_incomplete`. */
export const problemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: problemCode,
  detail: z.string().optional(),
  errors: z.array(fieldError).optional(),
  missing: z.array(z.string()).optional(),
  retryAfterMs: z.int().nonnegative().optional(),
});
export type ProblemDocument = z.infer<typeof problemDocument>;

/** The error half of a socket acknowledgement. */
export const ackError = z.object({
  code: problemCode,
  message: z.string(),
  retryAfterMs: z.int().nonnegative().optional(),
});
export type AckError = z.infer<typeof ackError>;
