/** The desks of moderators and admins: what they read from, and who hears of their queues. */
import { type DeskDeps, deskCommands, deskRoutes, getReviewItem, LiveDesk } from '../features/desk/index.ts';
import { escalationRoutes } from '../features/escalations/index.ts';
import { reportsOfItems } from '../features/reports/index.ts';
import { getVideo, type VideoDeps } from '../features/videos/index.ts';
import type { MediaEngine } from '../media/engine.ts';
import type { Realtime } from '../realtime/index.ts';
import type { Ground } from './ground.ts';
import { heldContents } from './held-contents.ts';

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
    bindings: [
      ...deskRoutes(deps),
      ...escalationRoutes({
        database,
        clock,
        content: heldContents,
        reports: reportsOfItems,
        getReviewItem: (actor, id) => getReviewItem(deps, actor, id),
      }),
    ],
    commands: deskCommands(deps, live),
    hear: (word: { readonly kind: string; readonly id: string }) => live.hear(word),
    close: () => live.close(),
  };
}
