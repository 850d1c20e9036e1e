/** The text or bytes are not what their format says. Nothing in them may be trusted. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}

/** Well formed, but not vouched for: no trusted signature, a wrong one, or a proof that proves something else. */
export class UnverifiedError extends Error {
  override readonly name = 'UnverifiedError';
}
