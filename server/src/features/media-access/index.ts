/** The door of media access. */
import type { StreamId } from '@virgil/contract';
import type { FastifyInstance } from 'fastify';
import type { RateLimits } from '../../http/index.ts';
import type { MediaEngine } from '../../media/engine.ts';
import { type AccessDeps, MediaAccess } from './access.ts';
import { registerMediaRoutes } from './routes.ts';
import { ViewerSessions } from './viewer-sessions.ts';

export type { MediaGate, Refusal } from './gate.ts';
export { MediaTokens, TOKEN_LIFE_MS } from './tokens.ts';

export interface MediaDoor {
  register(fastify: FastifyInstance): Promise<void>;
  /** A ban, a lapsed patron: their tokens die and their sessions are cut now, on one stream or on all. */
  revokeViewer(identity: string, streamId?: StreamId): Promise<void>;
}

export function createMediaAccess(deps: AccessDeps & { engine: MediaEngine; rateLimits: RateLimits }): MediaDoor {
  const { engine, gate, rateLimits, tokens } = deps;
  const sessions = new ViewerSessions();
  const access = new MediaAccess(deps);
  engine.on((event) => {
    if (event.type === 'viewer.left') sessions.forgetOnly(event.identity);
  });
  return {
    register: (fastify) => registerMediaRoutes(fastify, { engine, gate, access, sessions, rateLimits }),
    revokeViewer: async (identity, streamId) => {
      tokens.deny(identity, streamId === undefined ? undefined : { kind: 'stream', id: streamId });
      await engine.revoke(identity, streamId);
    },
  };
}
