/** Stills of a running stream: 0 is the oldest of the last six, 5 the newest. Shown in turn they are a moving thumbnail. */
import type { StreamId } from '@virgil/contract';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../errors.ts';
import type { MediaEngine } from '../../media/engine.ts';
import type { MediaRoutesDeps } from './deps.ts';
import { asked } from './media-problems.ts';

const STILLS = 6;
/** A page full of streams asks six times each: the engine hears of it once. Real time. */
const FRESH_MS = 1000;

export function stillRoutes(scope: FastifyInstance, deps: MediaRoutesDeps): void {
  const { access, engine, gate } = deps;
  const stills = new StillCache(engine);

  scope.get<{ Params: { streamId: StreamId; file: string } }>(
    '/media/streams/:streamId/thumbnail/:file',
    async (request, reply) => {
      const { streamId, file } = request.params;
      const index = /^([0-5])\.webp$/.exec(file)?.[1];
      const stream = index === undefined ? null : await gate.stream(streamId);
      if (stream === null) throw new AppError('not_found');
      await access.admitReader(stream, request);
      if (!stream.isActive) throw new AppError('not_found');
      const newest = await stills.of(streamId);
      // Fewer than six: the newest ones count, so 5 is always the newest.
      const still = newest[Math.max(0, newest.length - STILLS + Number(index))];
      if (still === undefined) throw new AppError('not_found', { detail: 'There is no video yet.' });
      reply.header('cache-control', `${stream.patronOnly ? 'private' : 'public'}, max-age=2`);
      return reply.type('image/webp').send(still);
    },
  );
}

class StillCache {
  readonly #engine: MediaEngine;
  readonly #found = new Map<StreamId, { readonly atMs: number; readonly stills: Promise<readonly Buffer[]> }>();

  constructor(engine: MediaEngine) {
    this.#engine = engine;
  }

  of(streamId: StreamId): Promise<readonly Buffer[]> {
    const now = performance.now();
    for (const [id, { atMs }] of this.#found) if (now - atMs > FRESH_MS) this.#found.delete(id);
    const known = this.#found.get(streamId);
    if (known !== undefined) return known.stills;
    const stills = asked(this.#engine.thumbnails(streamId));
    this.#found.set(streamId, { atMs: now, stills });
    return stills;
  }
}
