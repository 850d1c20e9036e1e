import { ApiProblem, type AuthProblemCode, problemFromAnswer } from './problem.ts';

/** better-auth's codes, as far as a person can do something about them. */
const CODES: Record<string, AuthProblemCode | 'name_taken' | 'invalid'> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong_credentials',
  INVALID_EMAIL: 'wrong_credentials',
  USER_NOT_FOUND: 'wrong_credentials',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'wrong_credentials',
  INVALID_PASSWORD: 'wrong_password',
  PASSWORD_TOO_SHORT: 'password_short',
  PASSWORD_TOO_LONG: 'invalid',
  INVALID_CODE: 'wrong_code',
  INVALID_BACKUP_CODE: 'wrong_code',
  OTP_HAS_EXPIRED: 'wrong_code',
  INVALID_TWO_FACTOR_COOKIE: 'sign_in_expired',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'too_many_attempts',
  ACCOUNT_LOCKED: 'too_many_attempts',
  ACCOUNT_TEMPORARILY_LOCKED: 'too_many_attempts',
  USER_ALREADY_EXISTS: 'email_taken',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'email_taken',
  EMAIL_NOT_VERIFIED: 'email_not_verified',
  INVALID_TOKEN: 'token_expired',
  TOKEN_EXPIRED: 'token_expired',
  PASSKEY_NOT_FOUND: 'passkey_unknown',
  AUTHENTICATION_FAILED: 'passkey_unknown',
  AUTH_CANCELLED: 'passkey_stopped',
  REGISTRATION_CANCELLED: 'passkey_stopped',
  ERROR_CEREMONY_ABORTED: 'passkey_stopped',
  ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY: 'passkey_stopped',
  SESSION_NOT_FRESH: 'session_old',
  SESSION_EXPIRED: 'session_old',
  name_taken: 'name_taken',
  invalid: 'invalid',
};

/** Our own edge answers with problem documents, better-auth with `{code, message}`; the client adds the status. */
export function authProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const { status = 0, code } = (error ?? {}) as { status?: unknown; code?: unknown };
  const statusNumber = typeof status === 'number' ? status : 0;
  const known = typeof code === 'string' ? CODES[code] : undefined;
  if (known) return new ApiProblem(known, { status: statusNumber });
  return problemFromAnswer(statusNumber, error);
}
