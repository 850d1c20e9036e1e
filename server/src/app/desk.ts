/** The moderator's desk: what it reads from, and who hears of its queue. */
import { type DeskDeps, deskCommands, deskRoutes, LiveDesk } from '../features/desk/index.ts';
import { getVideo, type VideoDeps } from '../features/videos/index.ts';
import type { MediaEngine } from '../media/engine.ts';
import type { Realtime } from '../realtime/index.ts';
import type { Ground } from './ground.ts';

export interface DeskSurroundings {
  readonly engine: MediaEngine;
  readonly realtime: Realtime;
  readonly videoDeps: VideoDeps;
  readonly rulesOnly: () => boolean;
}

export function createDesk({ clock, database, logger }: Ground, surroundings: DeskSurroundings) {
  const { engine, realtime, rulesOnly, videoDeps } = surroundings;
  const deps: DeskDeps = {
    database,
    clock,
    engine,
    rulesOnly,
    getVideo: (actor, id) => getVideo(videoDeps, actor, id),
  };
  const live = new LiveDesk({ database, clock, realtime, logger });
  return {
    bindings: deskRoutes(deps),
    commands: deskCommands(deps, live),
    hear: (word: { readonly kind: string; readonly id: string }) => live.hear(word),
    close: () => live.close(),
  };
}
