/**
 * A REST operation, declared once as a value. Request validation, the typed client, the OpenAPI document,
 * the reference page and the "every operation as every role" tests are all read from it.
 */
import type { z } from 'zod';
import type { Audited } from './audit-types.ts';
import type { ProblemCode } from './problems.ts';

/** Who may call. The edge checks this before any work; features and row security check the rest. */
export type Who =
  /** anyone, signed in or not */
  | 'anyone'
  /** a signed-in person (session cookie or API key) */
  | 'signed-in'
  /** a platform admin (in production with a second factor) */
  | 'admin'
  /** only while VIRGIL_MODE=test */
  | 'test-mode';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Scopes an API key may hold. A session holds all of them; a key that lacks one gets 403 `not_allowed`. */
export type Scope = 'read' | 'chat' | 'stream' | 'account' | 'moderate' | 'admin';
export const SCOPES = ['read', 'chat', 'stream', 'account', 'moderate', 'admin'] as const satisfies readonly Scope[];

type Shape = z.ZodType | undefined;

export interface Operation<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Output extends Shape = Shape,
> {
  /** Dotted imperative, unique: `livestreams.start`. It is the OpenAPI operationId. */
  readonly id: string;
  readonly method: Method;
  /** Fastify style: `/api/v1/livestreams/:id/end`. */
  readonly path: string;
  readonly who: Who;
  readonly scope: Scope;
  /** One sentence of purpose. */
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  /** JSON body. Always a strict object: unknown fields are refused with 400 `invalid`. */
  readonly body?: Body;
  /** The one file field of a multipart request. Without `beside` it is required, and excludes `body`. */
  readonly upload?: {
    readonly field: string;
    readonly maxBytes: number;
    readonly types: readonly string[];
    /**
     * The file may be left out and comes with the fields of `body`: the request is JSON, or a form with them as its
     * fields; those named in `json` are JSON texts there.
     */
    readonly beside?: { readonly json: readonly string[] };
  };
  /** Absent: the answer is 204 without a body, or a file when `download` is there. */
  readonly output?: Output;
  /** The answer is a file to save, of one of these media types; excludes `output`. Pages link to its address. */
  readonly download?: { readonly types: readonly [string, ...string[]] };
  /** Status of success; 200 when absent (204 without output or download). */
  readonly status?: 200 | 201 | 202 | 204;
  /** Codes this operation may answer beside those its declaration implies (see `errorsOf`). */
  readonly errors: readonly ProblemCode[];
  /** A banned person may call it: inbox, appeals, export, one's own profile. All else answers 403 `banned`. */
  readonly openToBanned?: true;
  /** The one audit entry a call leaves that changed something; a repeated call that changes nothing leaves none. */
  readonly audit?: Audited;
}

/** Whatever may change something says what it leaves in the audit log; a GET changes nothing. */
type SaysWhatItLeaves<O extends Operation> = O['method'] extends 'GET' ? unknown : { readonly audit: Audited };

/** What any operation may answer, declared once: bad input, rate limit, refused origin, our own failure. */
export const COMMON_ERRORS = [
  'invalid',
  'rate_limited',
  'origin_refused',
  'too_large',
  'unsupported_media',
  'storage_unavailable',
  'internal',
] as const satisfies readonly ProblemCode[];

/** Every code an operation may answer: its own, the common ones, and what follows from who may call it. */
export function errorsOf(declared: Operation): readonly ProblemCode[] {
  const codes = new Set<ProblemCode>([...declared.errors, ...COMMON_ERRORS]);
  if (declared.who !== 'test-mode') {
    /** A bearer token that is no API key, and a key without the scope. */
    codes.add('sign_in_required').add('not_allowed');
    if (!declared.openToBanned) codes.add('banned');
  }
  return [...codes];
}

export function operation<
  const O extends Operation<P, Q, B, R>,
  P extends Shape = O['params'],
  Q extends Shape = O['query'],
  B extends Shape = O['body'],
  R extends Shape = O['output'],
>(declaration: O & SaysWhatItLeaves<O>): O {
  return declaration;
}

type InferOr<S, Otherwise> = S extends z.ZodType ? z.infer<S> : Otherwise;
type InputOr<S, Otherwise> = S extends z.ZodType ? z.input<S> : Otherwise;

/** What a handler receives, parsed. */
export type ParamsOf<O extends Operation> = InferOr<O['params'], undefined>;
export type QueryOf<O extends Operation> = InferOr<O['query'], undefined>;
export type BodyOf<O extends Operation> = InferOr<O['body'], undefined>;
/** What a handler returns and a client receives. */
export type OutputOf<O extends Operation> = InferOr<O['output'], undefined>;
/** What a client writes, before defaults are applied. */
export type ParamsInputOf<O extends Operation> = InputOr<O['params'], undefined>;
export type QueryInputOf<O extends Operation> = InputOr<O['query'], undefined>;
export type BodyInputOf<O extends Operation> = InputOr<O['body'], undefined>;

/** The status of success. */
export function successOf(declared: Operation): number {
  return declared.status ?? (declared.output === undefined && declared.download === undefined ? 204 : 200);
}
