import { expect, test } from 'vitest';
import { authProblem } from './auth-problem.ts';

test.each([
  [{ status: 401, code: 'INVALID_EMAIL_OR_PASSWORD' }, 'wrong_credentials'],
  [{ status: 422, code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL' }, 'email_taken'],
  [{ status: 409, code: 'name_taken' }, 'name_taken'],
  [{ status: 401, code: 'INVALID_CODE' }, 'wrong_code'],
  [{ status: 400, code: 'AUTH_CANCELLED' }, 'passkey_stopped'],
  [{ status: 429, code: 'rate_limited', type: 'x', title: 'x', retryAfterMs: 900 }, 'rate_limited'],
  [{ status: 403, code: 'SOMETHING_NEW' }, 'not_allowed'],
  [{ status: 500 }, 'internal'],
  [{ status: 0 }, 'offline'],
  [null, 'offline'],
])('%j is %s', (error, code) => {
  expect(authProblem(error).code).toBe(code);
});

test('the waiting time of our own edge survives', () => {
  const problem = authProblem({ status: 429, code: 'rate_limited', type: 'x', title: 'x', retryAfterMs: 900 });
  expect(problem.retryAfterMs).toBe(900);
});
