/** What WHIP and WHEP share: the offer in, the session's end. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import type { MediaRoutesDeps } from './deps.ts';

/** Chromium's largest offers have about 10 kB. */
export const OFFER_MAX_BYTES = 64 * 1024;

export function offerOf(request: FastifyRequest): string {
  if (typeof request.body !== 'string' || request.body === '') {
    throw new AppError('unsupported_media', { detail: 'Send the offer as application/sdp.' });
  }
  return request.body;
}

type SessionRequest = FastifyRequest<{ Params: { streamId: string; resourceId: string } }>;

/** No further proof: whoever knows the id was given it in the answer. */
export function endSession(deps: MediaRoutesDeps) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { resourceId } = (request as SessionRequest).params;
    deps.sessions.remove(resourceId);
    if (!(await deps.engine.remove(resourceId))) throw new AppError('not_found');
    return reply.code(200).send();
  };
}

/** Neither trickle ICE nor ICE restarts: RFC 9725, 4.3 asks for 405 then. */
export async function refusePatch(_request: FastifyRequest, reply: FastifyReply): Promise<never> {
  reply.header('allow', 'DELETE, OPTIONS');
  throw new AppError('method_not_allowed', { detail: 'Trickle ICE is not supported: candidates go into the offer.' });
}
