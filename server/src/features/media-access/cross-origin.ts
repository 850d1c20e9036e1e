/**
 * WHIP, WHEP and HLS are for players of any page (they go by tokens, never by another page's cookies), so they answer
 * every origin, without credentials. Everything else keeps to our own.
 */
import type { FastifyInstance } from 'fastify';

/** Lets a route through the server's origin check. */
export const ANY_ORIGIN = { config: { anyOrigin: true } } as const;

const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Location, Link, ETag, Accept-Post, Allow, Retry-After',
  'cross-origin-resource-policy': 'cross-origin',
};
const PREFLIGHT_HEADERS = {
  'access-control-allow-headers': 'Authorization, Content-Type, If-Match, Range',
  'access-control-max-age': '86400',
};

/** For one encapsulated scope: its routes, and the preflights of `paths`. */
export function answerAnyOrigin(scope: FastifyInstance, paths: Readonly<Record<string, string>>): void {
  scope.addHook('onRequest', async (_request, reply) => {
    reply.headers(CORS_HEADERS);
  });
  for (const [path, methods] of Object.entries(paths)) {
    scope.options(path, ANY_ORIGIN, async (_request, reply) => {
      if (methods.includes('POST')) reply.header('accept-post', 'application/sdp');
      reply.headers(PREFLIGHT_HEADERS).header('access-control-allow-methods', methods).header('allow', methods);
      return reply.code(204).send();
    });
  }
}
