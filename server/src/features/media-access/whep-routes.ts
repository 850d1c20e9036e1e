/** WHEP: a viewer posts an offer and gets the answer. Public streams ask for nothing, patron-only ones for a token. */
import type { StreamId } from '@virgil/contract';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../errors.ts';
import { addressKey } from '../../http/index.ts';
import { ANY_ORIGIN } from './cross-origin.ts';
import type { MediaRoutesDeps } from './deps.ts';
import { askedWithRoom } from './media-problems.ts';
import { endSession, offerOf, refusePatch } from './sdp-exchange.ts';

/** Reloading in anger is fine, a loop is not. An address may be a school: it has ten times as much. */
const PERSON_LIMIT = { points: 60, seconds: 60 };
const ADDRESS_LIMIT = { points: 600, seconds: 60 };

export function whepRoutes(scope: FastifyInstance, deps: MediaRoutesDeps): void {
  const { access, engine, gate, rateLimits, sessions } = deps;

  scope.post<{ Params: { streamId: StreamId } }>('/whep/:streamId', ANY_ORIGIN, async (request, reply) => {
    await rateLimits.take('whep@', ADDRESS_LIMIT, addressKey(request.ip));
    const { streamId } = request.params;
    const stream = await gate.stream(streamId);
    if (stream === null) throw new AppError('not_found');
    const { identity } = await access.admitViewer(stream, request);
    if (!stream.isActive) throw new AppError('stream_ended');
    await rateLimits.take('whep', PERSON_LIMIT, identity);
    const { resourceId, answer } = await askedWithRoom(
      () => gate.ensureRoom(streamId),
      () => engine.watch(streamId, offerOf(request), { identity }),
    );
    for (const oldest of sessions.add(identity, resourceId)) await engine.remove(oldest);
    reply.code(201).header('location', `/whep/${streamId}/${resourceId}`).type('application/sdp');
    return answer;
  });

  scope.delete('/whep/:streamId/:resourceId', ANY_ORIGIN, endSession(deps));
  scope.patch('/whep/:streamId/:resourceId', ANY_ORIGIN, refusePatch);
}
