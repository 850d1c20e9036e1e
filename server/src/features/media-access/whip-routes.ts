/** WHIP (RFC 9725): a publisher posts an offer and gets the answer. The room must be open: start comes before video. */
import type { StreamId } from '@virgil/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import { addressKey } from '../../http/index.ts';
import { bearerOf } from './access.ts';
import { ANY_ORIGIN } from './cross-origin.ts';
import type { MediaRoutesDeps } from './deps.ts';
import { askedWithRoom } from './media-problems.ts';
import { endSession, offerOf, refusePatch } from './sdp-exchange.ts';

/** An encoder that reconnects in a hurry passes; someone who tries keys does not. */
const PUBLISH_LIMIT = { points: 60, seconds: 60 };

export function whipRoutes(scope: FastifyInstance, deps: MediaRoutesDeps): void {
  const publish = async (streamId: StreamId, offer: string) => {
    const { engine, gate } = deps;
    return askedWithRoom(
      () => gate.ensureRoom(streamId),
      () => engine.publish(streamId, offer),
    );
  };

  scope.post('/whip', ANY_ORIGIN, async (request, reply) => {
    await limit(deps, request);
    const key = bearerOf(request);
    if (key === null) throw new AppError('sign_in_required', { detail: 'Send the stream key as bearer token.' });
    const channel = await deps.gate.channelOfKey(key);
    if (channel === null) throw new AppError('sign_in_required', { detail: 'This stream key is not known.' });
    if (channel.streamId === null) throw new AppError('stream_not_started');
    const { resourceId, answer } = await publish(channel.streamId, offerOf(request));
    reply.code(201).header('location', `/whip/${channel.streamId}/${resourceId}`).type('application/sdp');
    return answer;
  });

  scope.post<{ Params: { streamId: StreamId } }>('/whip/:streamId', ANY_ORIGIN, async (request, reply) => {
    await limit(deps, request);
    const { streamId } = request.params;
    await mayPublish(streamId, request, deps);
    const { resourceId, answer } = await publish(streamId, offerOf(request));
    reply.code(201).header('location', `/whip/${streamId}/${resourceId}`).type('application/sdp');
    return answer;
  });

  scope.delete('/whip/:streamId/:resourceId', ANY_ORIGIN, endSession(deps));
  scope.patch('/whip/:streamId/:resourceId', ANY_ORIGIN, refusePatch);
}

async function mayPublish(streamId: StreamId, request: FastifyRequest, deps: MediaRoutesDeps): Promise<void> {
  const bearer = bearerOf(request);
  const byKey = bearer === null ? null : await deps.gate.channelOfKey(bearer);
  const caller = byKey === null ? await deps.access.caller(request, 'as-api-key') : null;
  if (caller !== null && caller.actor.kind !== 'person') throw new AppError('sign_in_required');
  const stream = await deps.gate.stream(streamId);
  if (stream === null) throw new AppError('not_found');
  if (caller?.isBanned) throw new AppError('banned');
  if (caller !== null && !caller.scopes.has('stream')) throw new AppError('not_allowed');
  const channelId = byKey?.channelId ?? (caller?.actor.kind === 'person' ? caller.actor.userId : null);
  // A channel's id is its owner's profile id.
  if (String(channelId) !== String(stream.channelId)) throw new AppError('not_allowed');
  if (!stream.isActive) throw new AppError('stream_ended');
}

async function limit(deps: MediaRoutesDeps, request: FastifyRequest): Promise<void> {
  await deps.rateLimits.take('whip', PUBLISH_LIMIT, `ip:${addressKey(request.ip)}`);
}
