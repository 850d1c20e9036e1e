/** LL-HLS: playlists (with blocking reload), parts and segments of a running stream. */
import type { StreamId } from '@virgil/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import type { HlsAnswer } from '../../media/engine.ts';
import { ANY_ORIGIN } from './cross-origin.ts';
import type { MediaRoutesDeps } from './deps.ts';
import { asked } from './media-problems.ts';

const FILE_NAME = /^[A-Za-z0-9_-]{1,80}(\.[A-Za-z0-9]{1,8})?$/;

export function hlsRoutes(scope: FastifyInstance, deps: MediaRoutesDeps): void {
  const { access, engine, gate } = deps;

  scope.get<{ Params: { streamId: StreamId; '*': string } }>('/hls/:streamId/*', ANY_ORIGIN, async (request, reply) => {
    const { streamId, '*': file } = request.params;
    const stream = await gate.stream(streamId);
    if (stream === null || !FILE_NAME.test(file)) throw new AppError('not_found');
    const tokenQuery = await access.admitReader(stream, request);
    if (!stream.isActive) throw new AppError('not_found', { detail: 'The livestream has ended.' });
    const gone = whenGone(request, reply);
    const msn = sequenceOf(request, '_HLS_msn');
    const part = sequenceOf(request, '_HLS_part');
    const answer = await asked(
      engine.hls(streamId, {
        file,
        signal: gone,
        ...(msn === undefined ? {} : { msn }),
        ...(part === undefined ? {} : { part }),
        ...(tokenQuery === null ? {} : { uriQuery: tokenQuery }),
      }),
    );
    return send(reply, answer, stream.patronOnly);
  });
}

function send(reply: FastifyReply, answer: HlsAnswer, isPrivate: boolean): FastifyReply {
  switch (answer.status) {
    case 400:
      throw new AppError('invalid', { detail: 'This part of the playlist is too far ahead.' });
    case 404:
      throw new AppError('not_found');
    case 503:
      reply.header('retry-after', '1');
      throw new AppError('media_unavailable', { detail: 'There is no video yet.' });
    case 200: {
      const scope = isPrivate ? 'private' : 'public';
      const caching = answer.maxAgeSeconds === 0 ? 'no-cache' : `${scope}, max-age=${answer.maxAgeSeconds}, immutable`;
      return reply.header('cache-control', caching).type(answer.contentType).send(answer.body);
    }
  }
}

/** A blocked reload whose player has gone must not be held. */
function whenGone(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  if (request.raw.destroyed && !reply.raw.writable) gone.abort();
  return gone.signal;
}

function sequenceOf(request: FastifyRequest, name: '_HLS_msn' | '_HLS_part'): number | undefined {
  const value = (request.query as Record<string, unknown>)[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^\d{1,12}$/.test(value)) {
    throw new AppError('invalid', { errors: [{ path: name, message: 'a whole number' }] });
  }
  return Number(value);
}
