import { type AckError, type ProblemCode, type ProblemDocument, problemDocument } from '@virgil/contract';

/** What better-auth refuses, reduced to what a person can do about it. */
export type AuthProblemCode =
  | 'wrong_credentials'
  | 'wrong_password'
  | 'wrong_code'
  | 'sign_in_expired'
  | 'too_many_attempts'
  | 'email_taken'
  | 'email_not_verified'
  | 'password_short'
  | 'token_expired'
  | 'passkey_stopped'
  | 'passkey_unknown'
  | 'session_old';

/** `offline`: no answer came at all. The rest is the contract's closed list, and better-auth's refusals. */
export type ApiProblemCode = ProblemCode | AuthProblemCode | 'offline';

export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** The one error that `call` and `send` throw. `ui/problem-text.ts` puts it into words. */
export class ApiProblem extends Error {
  readonly code: ApiProblemCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly fields: readonly FieldProblem[];
  readonly missing: readonly string[];
  readonly retryAfterMs: number | undefined;

  constructor(code: ApiProblemCode, facts: Partial<Omit<ApiProblem, 'code' | 'name' | 'message'>> = {}) {
    super(facts.detail ?? code, { cause: facts.cause });
    this.name = 'ApiProblem';
    this.code = code;
    this.status = facts.status ?? 0;
    this.detail = facts.detail;
    this.fields = facts.fields ?? [];
    this.missing = facts.missing ?? [];
    this.retryAfterMs = facts.retryAfterMs;
  }

  static fromDocument(document: ProblemDocument): ApiProblem {
    return new ApiProblem(document.code, {
      status: document.status,
      ...(document.detail === undefined ? {} : { detail: document.detail }),
      ...(document.retryAfterMs === undefined ? {} : { retryAfterMs: document.retryAfterMs }),
      fields: document.errors ?? [],
      missing: document.missing ?? [],
    });
  }

  static fromAck(error: AckError): ApiProblem {
    return new ApiProblem(error.code, {
      detail: error.message,
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    });
  }
}

/** An answer that is no problem document came from something between us and the server. */
export function problemFromAnswer(status: number, body: unknown): ApiProblem {
  const document = problemDocument.safeParse(body);
  if (document.success) return ApiProblem.fromDocument(document.data);
  if (status === 401) return new ApiProblem('sign_in_required', { status });
  if (status === 403) return new ApiProblem('not_allowed', { status });
  if (status === 404) return new ApiProblem('not_found', { status });
  if (status === 429) return new ApiProblem('rate_limited', { status });
  if (status === 413) return new ApiProblem('too_large', { status });
  return new ApiProblem(status === 502 || status === 504 || status === 0 ? 'offline' : 'internal', { status });
}

export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem('internal', { cause: error });
}
