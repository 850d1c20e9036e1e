/** Where a log is read from: a web address or a folder with the same files in it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Reads `checkpoint`, `key`, `tile/…` by their path; null when there is no such thing. */
export interface LogSource {
  read(name: string): Promise<Uint8Array | null>;
}

/** The server asks who one is: entries are not for everyone. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Nothing can be said about the log, because it can't be read. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** The largest bundle: 256 entries of 65,535 bytes. */
const MAX_BYTES = 256 * (2 + 65_535);
const PATIENCE_MS = 30_000;

/** Asked to come back later (429, 503), a reader does, so often. */
const VISITS = 6;
const LONGEST_PAUSE_S = 70;

interface HttpOptions {
  readonly token?: string;
  readonly fetch?: typeof fetch;
}

/** `prefix` is the log's URL, to which `/checkpoint` is added; the token goes into `Authorization: Bearer`. */
export function httpSource(prefix: string, options: HttpOptions = {}): LogSource {
  const base = prefix.replace(/\/+$/, '');
  return {
    async read(name) {
      const url = `${base}/${name}`;
      for (let visit = 1; ; visit += 1) {
        const response = await get(url, options);
        const isBusy = response.status === 429 || response.status === 503;
        if (!isBusy || visit === VISITS) return answerOf(url, response);
        await response.body?.cancel();
        await sleep(1_000 * Math.min(LONGEST_PAUSE_S, Number(response.headers.get('retry-after')) || visit));
      }
    },
  };
}

async function get(url: string, { token, fetch: fetchIt = fetch }: HttpOptions): Promise<Response> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    return await fetchIt(url, { signal: AbortSignal.timeout(PATIENCE_MS), headers });
  } catch (error) {
    throw new UnreachableError(`${url}: ${reason(error as Error)}`, { cause: error });
  }
}

async function answerOf(url: string, response: Response): Promise<Uint8Array | null> {
  if (response.ok) return limited(url, response);
  await response.body?.cancel();
  if (response.status === 404) return null;
  if (response.status === 401 || response.status === 403) throw new RefusedError(`${url}: ${response.status}`);
  throw new UnreachableError(`${url}: the server answered ${response.status}`);
}

async function limited(url: string, response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > MAX_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new UnreachableError(`${url}: ${reason(error as Error)}`, { cause: error });
  }
  if (length > MAX_BYTES) throw new UnreachableError(`${url}: the answer is longer than any tile`);
  return Buffer.concat(chunks);
}

function reason(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

export function folderSource(folder: string): LogSource {
  return {
    async read(name) {
      try {
        return await readFile(path.join(folder, ...name.split('/')));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT' || code === 'ENOTDIR') return null;
        throw new UnreachableError(`${path.join(folder, name)}: ${code}`, { cause: error });
      }
    },
  };
}

/**
 * A folder for a path, else a web address. A log one level below, in `log`, is found as well: many a site answers any
 * address with some page, so the place with something like a checkpoint wins.
 */
export async function openSource(where: string, options: { token?: string } = {}): Promise<LogSource> {
  const places = [where, `${where.replace(/\/+$/, '')}/log`];
  const sources = places.map((place) =>
    /^https?:\/\//.test(place) ? httpSource(place, options) : folderSource(place),
  );
  const found: LogSource[] = [];
  for (const source of sources) {
    const bytes = await source.read('checkpoint');
    if (bytes !== null && Buffer.from(bytes).includes('\n\n— ')) return source;
    if (bytes !== null) found.push(source);
  }
  const [anything] = found;
  if (anything === undefined) throw new UnreachableError(`there is no checkpoint at ${places.join(', nor at ')}`);
  return anything;
}
