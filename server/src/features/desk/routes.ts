import { desk } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { claimItem, releaseItem } from './claim-item.ts';
import type { DeskDeps } from './deps.ts';
import { getModeratorReviewQueue } from './get-moderator-review-queue.ts';
import { getMomentVideo } from './get-moment-video.ts';
import { getReviewItem } from './get-review-item.ts';
import { noteBreak, noteLook } from './note-look.ts';
import { changeDesk, changeDeskDefaults, getDesk } from './set-up-desk.ts';

/** Cutting a minute of video costs more than reading a row. */
const CLIP_LIMIT = { points: 30, seconds: 60 };

export function deskRoutes(deps: DeskDeps): Binding[] {
  return [
    bind(desk.getQueue, ({ caller, query }) => getModeratorReviewQueue(deps, caller.actor, query)),
    bind(desk.getReviewItem, ({ caller, params }) => getReviewItem(deps, caller.actor, params.id)),
    bind(desk.getMomentVideo, ({ caller, params }) => getMomentVideo(deps, caller.actor, params.id), {
      limit: CLIP_LIMIT,
    }),
    bind(desk.claimItem, ({ caller, params }) => claimItem(deps, caller.actor, params.id)),
    bind(desk.releaseItem, async ({ caller, params }) => {
      await releaseItem(deps, caller.actor, params.id);
      return undefined;
    }),
    bind(desk.noteLook, ({ caller, params }) => noteLook(deps, caller.actor, params.id)),
    bind(desk.noteBreak, ({ caller }) => noteBreak(deps, caller.actor)),
    bind(desk.getDesk, ({ caller }) => getDesk(deps, caller.actor)),
    bind(desk.changeDesk, ({ caller, body }) => changeDesk(deps, caller.actor, body)),
    bind(desk.changeDeskDefaults, ({ caller, body }) => changeDeskDefaults(deps, caller.actor, body)),
  ];
}
