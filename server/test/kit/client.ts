/** A person or program that talks to a running server the way outsiders do: over HTTP and Socket.IO, by the contract. */
import type {
  BodyInputOf,
  Operation,
  OutputOf,
  ParamsInputOf,
  ProblemDocument,
  QueryInputOf,
  Scope,
  UserId,
} from '@virgil/contract';
import { accounts } from '@virgil/contract';
import { io, type Socket } from 'socket.io-client';

type Part<Name extends string, Value> = undefined extends Value ? { [K in Name]?: Value } : { [K in Name]: Value };

export type CallInput<O extends Operation> = Part<'params', ParamsInputOf<O>> &
  Part<'query', Partial<QueryInputOf<O>> | undefined> &
  Part<'body', BodyInputOf<O>> & {
    readonly upload?: { readonly bytes: Uint8Array; readonly type: string };
    readonly headers?: Readonly<Record<string, string>>;
  };

export interface Answer<O extends Operation = Operation> {
  readonly status: number;
  readonly headers: Headers;
  /** Of a success. */
  readonly body: OutputOf<O>;
  /** Of a refusal. */
  readonly problem: ProblemDocument | null;
}

/** A refusal where the test expected none. */
export class UnexpectedProblem extends Error {
  readonly problem: ProblemDocument;
  constructor(operation: string, problem: ProblemDocument) {
    super(
      `${operation}: ${problem.status} ${problem.code} ${problem.detail ?? ''} ${JSON.stringify(problem.errors ?? [])}`,
    );
    this.problem = problem;
  }
}

export class TestClient {
  readonly url: string;
  /** Sent with every request: a session, a guest cookie, an API key, or nothing. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #token: string | undefined;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}, token?: string) {
    this.url = url;
    this.headers = token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` };
    this.#token = token;
  }

  /** The answer of a success; throws `UnexpectedProblem`. */
  async call<O extends Operation>(operation: O, ...input: InputArgument<O>): Promise<OutputOf<O>> {
    const answer = await this.attempt(operation, ...input);
    if (answer.problem !== null) throw new UnexpectedProblem(operation.id, answer.problem);
    return answer.body;
  }

  /** Success or refusal, as it came. */
  async attempt<O extends Operation>(operation: O, ...input: InputArgument<O>): Promise<Answer<O>> {
    const { params, query, body, upload, headers } = (input[0] ?? {}) as LooseInput;
    const path = operation.path.replace(/:([A-Za-z]+)/g, (_match, name: string) =>
      encodeURIComponent(String(params?.[name])),
    );
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value));
    const form = new FormData();
    if (upload !== undefined && operation.upload !== undefined) {
      for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
        form.append(name, operation.upload.beside?.json.includes(name) ? JSON.stringify(value) : String(value));
      }
      form.append(operation.upload.field, new Blob([Uint8Array.from(upload.bytes)], { type: upload.type }), 'file');
    }
    const response = await this.fetch(search.size === 0 ? path : `${path}?${search}`, {
      method: operation.method,
      headers: {
        ...(body === undefined || upload !== undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(upload !== undefined ? { body: form } : body !== undefined ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const failed = response.status >= 400;
    // A file is for `fetch`: what it holds is not the contract's.
    const isFile = operation.download !== undefined && !failed;
    const parsed: unknown = text === '' || isFile ? undefined : JSON.parse(text);
    return {
      status: response.status,
      headers: response.headers,
      // The server has cut its answers to the contract.
      body: (failed ? undefined : parsed) as OutputOf<O>,
      problem: failed ? (parsed as ProblemDocument) : null,
    };
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, {
      redirect: 'manual',
      ...init,
      headers: { ...this.headers, ...(init.headers as object) },
    });
  }

  /** Posts JSON to `/api/auth`. */
  auth(path: string, body: unknown = {}): Promise<Response> {
    return this.fetch(`/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** Connects when asked to; close it in the test, or the app's `close` will. */
  socket(): Socket {
    const { authorization: _authorization, ...extraHeaders } = this.headers;
    return io(this.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders,
      ...(this.#token === undefined ? {} : { auth: { token: this.#token } }),
    });
  }
}

export class SignedIn extends TestClient {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
  readonly password: string;

  constructor(url: string, person: { id: UserId; name: string; email: string; password: string; cookie: string }) {
    super(url, { cookie: person.cookie });
    this.id = person.id;
    this.name = person.name;
    this.email = person.email;
    this.password = person.password;
  }

  /** The same person by an API key. */
  async byApiKey(scopes: Scope[]): Promise<TestClient> {
    const { key } = await this.call(accounts.createApiKey, { body: { name: 'A test', scopes } });
    return new TestClient(this.url, {}, key);
  }
}

interface LooseInput {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly upload?: { readonly bytes: Uint8Array; readonly type: string };
  readonly headers?: Record<string, string>;
}

/** Operations that need nothing may be called with nothing. */
type InputArgument<O extends Operation> =
  Record<never, never> extends CallInput<O> ? [input?: CallInput<O>] : [input: CallInput<O>];

/** The `Cookie` header a browser would send after this answer. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');
}
