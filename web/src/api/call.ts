import type { BodyInputOf, Operation, OutputOf, ParamsInputOf, QueryInputOf } from '@virgil/contract';
import { ApiProblem, problemFromAnswer } from './problem.ts';

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { [K in Name]?: undefined }
  : // biome-ignore lint/complexity/noBannedTypes: an empty object means that every field may be left out
    {} extends Value
    ? { [K in Name]?: Value }
    : { [K in Name]: Value };

/** What an operation needs: its params, query and body as the contract declares them, or the file it takes. */
export type CallInput<O extends Operation> = Part<'params', ParamsInputOf<O>> &
  Part<'query', QueryInputOf<O>> &
  Part<'body', BodyInputOf<O>> & { file?: Blob; signal?: AbortSignal };

type Loose = {
  params?: Record<string, string> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
  file?: Blob;
  signal?: AbortSignal;
};

export function addressOf(operation: Operation, input: Pick<Loose, 'params' | 'query'>): string {
  const path = operation.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = input.params?.[name];
    if (value === undefined) throw new Error(`${operation.id} needs the parameter ${name}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const written = query.toString();
  return written ? `${path}?${written}` : path;
}

/** What the operation takes as JSON stands beside the file as fields. */
function formOf({ beside, field }: NonNullable<Operation['upload']>, file: Blob, body: unknown): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    form.set(name, beside?.json.includes(name) ? JSON.stringify(value) : String(value));
  }
  form.set(field, file);
  return form;
}

/** Calls one operation of the contract and gives its parsed answer, or throws an `ApiProblem`. */
export async function call<O extends Operation>(operation: O, input: CallInput<O>): Promise<OutputOf<O>> {
  const loose = input as Loose;
  const request: RequestInit = {
    method: operation.method,
    credentials: 'same-origin',
    headers: { accept: 'application/json' },
    ...(loose.signal ? { signal: loose.signal } : {}),
  };
  if (operation.upload && loose.file) {
    request.body = formOf(operation.upload, loose.file, loose.body);
  } else if (loose.body !== undefined) {
    request.body = JSON.stringify(loose.body);
    request.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }

  let response: Response;
  try {
    response = await fetch(addressOf(operation, loose), request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem('offline', { cause: error });
  }
  const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) throw problemFromAnswer(response.status, body);
  if (!operation.output) return undefined as OutputOf<O>;
  const parsed = operation.output.safeParse(body);
  if (!parsed.success) throw new ApiProblem('internal', { status: response.status, cause: parsed.error });
  return parsed.data as OutputOf<O>;
}
