/**
 * Stands between many viewers and one packager: the same request is asked for once, and what never changes is kept
 * for a few seconds. So the work of a packager does not grow with the number of viewers.
 */
import type { HlsAnswer, HlsRequest } from '../../engine.ts';
import { withUriQuery } from './playlists.ts';

export type FetchHls = (request: { file: string; msn?: number; part?: number }) => Promise<HlsAnswer>;

const maxBytes = 24 * 1024 * 1024;
/** A viewer asks for a playlist several times a second. */
const viewerForgottenMs = 10_000;
const playlistSuffix = '.m3u8';

export class HlsCache {
  readonly #fetch: FetchHls;
  readonly #now: () => number;
  readonly #running = new Map<string, Promise<HlsAnswer>>();
  readonly #kept = new Map<string, HlsAnswer>();
  readonly #viewers = new Map<string, number>();
  #bytes = 0;

  constructor(fetch: FetchHls, now: () => number) {
    this.#fetch = fetch;
    this.#now = now;
  }

  /** Distinct holders of a media token that asked for a playlist just now. */
  get viewers(): number {
    const oldest = this.#now() - viewerForgottenMs;
    for (const [query, seen] of this.#viewers) if (seen < oldest) this.#viewers.delete(query);
    return this.#viewers.size;
  }

  async get(request: HlsRequest): Promise<HlsAnswer> {
    const isPlaylist = request.file.endsWith(playlistSuffix);
    if (isPlaylist) this.#viewers.set(request.uriQuery ?? '', this.#now());
    const answer = await unlessAborted(this.#shared(request), request.signal);
    if (!isPlaylist || answer.status !== 200) return answer;
    return { ...answer, body: Buffer.from(withUriQuery(answer.body.toString(), request.uriQuery)) };
  }

  #shared({ file, msn, part }: HlsRequest): Promise<HlsAnswer> {
    const key = `${file} ${msn ?? ''} ${part ?? ''}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return Promise.resolve(kept);
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const asked = this.#fetch({ file, ...(msn === undefined ? {} : { msn }), ...(part === undefined ? {} : { part }) })
      .then((answer) => {
        if (answer.status === 200 && answer.maxAgeSeconds > 0) this.#keep(key, answer);
        return answer;
      })
      .finally(() => this.#running.delete(key));
    this.#running.set(key, asked);
    return asked;
  }

  #keep(key: string, answer: HlsAnswer): void {
    this.#kept.set(key, answer);
    this.#bytes += answer.body.length;
    for (const [oldest, { body }] of this.#kept) {
      if (this.#bytes <= maxBytes) return;
      this.#kept.delete(oldest);
      this.#bytes -= body.length;
    }
  }
}

/** The shared request goes on for the others. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  return promise;
}
