import type { RateLimits } from '../../http/index.ts';
import type { MediaEngine } from '../../media/engine.ts';
import type { MediaAccess } from './access.ts';
import type { MediaGate } from './gate.ts';
import type { ViewerSessions } from './viewer-sessions.ts';

export interface MediaRoutesDeps {
  readonly engine: MediaEngine;
  readonly gate: MediaGate;
  readonly access: MediaAccess;
  readonly sessions: ViewerSessions;
  readonly rateLimits: RateLimits;
}
