/**
 * The one error type that crosses layers. A use case throws it when policy refused; the HTTP and the socket edge
 * translate it, each in one place. Anything else that reaches an edge is our own failure: `internal`.
 */
import type { ProblemCode } from '@virgil/contract';

export interface AppErrorDetails {
  /** For people; may be shown. */
  readonly detail?: string;
  readonly errors?: readonly { path: string; message: string }[];
  readonly missing?: readonly string[];
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

export class AppError extends Error {
  readonly code: ProblemCode;
  readonly details: AppErrorDetails;
  constructor(code: ProblemCode, details: AppErrorDetails = {}) {
    super(details.detail ?? code, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}
