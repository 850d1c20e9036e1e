/**
 * Media over HTTP: plain routes beside the JSON operations, because SDP, playlists and files are no JSON. They answer
 * problem documents like everything else.
 */
import type { FastifyInstance } from 'fastify';
import { answerAnyOrigin } from './cross-origin.ts';
import type { MediaRoutesDeps } from './deps.ts';
import { hlsRoutes } from './hls-routes.ts';
import { OFFER_MAX_BYTES } from './sdp-exchange.ts';
import { stillRoutes } from './still-routes.ts';
import { videoRoutes } from './video-routes.ts';
import { whepRoutes } from './whep-routes.ts';
import { whipRoutes } from './whip-routes.ts';

export async function registerMediaRoutes(fastify: FastifyInstance, deps: MediaRoutesDeps): Promise<void> {
  await fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/sdp',
      { parseAs: 'string', bodyLimit: OFFER_MAX_BYTES },
      (_request, body, done) => done(null, body),
    );
    // A PATCH is refused for what it is, not for its type.
    scope.addContentTypeParser('application/trickle-ice-sdpfrag', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    answerAnyOrigin(scope, {
      '/whip': 'POST, OPTIONS',
      '/whip/:streamId': 'POST, OPTIONS',
      '/whip/:streamId/:resourceId': 'DELETE, OPTIONS',
      '/whep/:streamId': 'POST, OPTIONS',
      '/whep/:streamId/:resourceId': 'DELETE, OPTIONS',
      '/hls/:streamId/*': 'GET, HEAD, OPTIONS',
    });
    whipRoutes(scope, deps);
    whepRoutes(scope, deps);
    hlsRoutes(scope, deps);
  });
  await fastify.register(async (scope) => {
    stillRoutes(scope, deps);
    videoRoutes(scope, deps);
  });
}
