/** How a feature ties a contract operation to the work behind it. A feature's `routes.ts` is a list of these. */
import type { Readable } from 'node:stream';
import type { BodyOf, Operation, OutputOf, ParamsOf, QueryOf } from '@virgil/contract';
import type { Caller } from '../actor.ts';
import type { Limit } from './rate-limits.ts';

/** The one file of a multipart request. `type` is what the bytes look like, not what the client called them. */
export interface UploadedFile {
  readonly bytes: Buffer;
  readonly type: string;
}

/** Where fields may stand beside it, the file may be left out. */
type UploadOf<O extends Operation> = O['upload'] extends { readonly beside: object }
  ? UploadedFile | undefined
  : O['upload'] extends object
    ? UploadedFile
    : undefined;

export interface HandlerInput<O extends Operation> {
  readonly caller: Caller;
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  readonly upload: UploadOf<O>;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}

/** The answer of an operation that declares `download`. */
export interface FileAnswer {
  /** One of the declared media types. */
  readonly type: string;
  /** What the browser calls it on disk; ASCII letters, digits, dots, hyphens and underscores. */
  readonly fileName: string;
  /** A long one is a stream, so that it is never whole in memory. */
  readonly body: string | Buffer | Readable;
  /** Somebody else made it: a browser that opens it runs nothing of it and keeps it to itself. */
  readonly isForeign?: true;
}

type AnswerOf<O extends Operation> = O['download'] extends object ? FileAnswer : OutputOf<O>;

export interface BindingOptions {
  /** Stricter than what every operation has, per address and person. */
  readonly limit?: Limit;
}

export interface Binding extends BindingOptions {
  readonly operation: Operation;
  readonly handler: (input: HandlerInput<Operation>) => Promise<unknown>;
}

export function bind<const O extends Operation>(
  operation: O,
  handler: (input: HandlerInput<O>) => Promise<AnswerOf<O>>,
  options: BindingOptions = {},
): Binding {
  // The router parses by this very operation's schemas before it calls, so the narrower input is what arrives.
  return { ...options, operation, handler: handler as unknown as Binding['handler'] };
}
