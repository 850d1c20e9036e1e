/** What media access asks about recordings. */
import type { ChannelId, UserId, VideoId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { MediaGate, Refusal } from '../media-access/index.ts';
import { factsOf, standingOn } from './browse.ts';
import type { VideoDeps } from './deps.ts';
import { mayWatch } from './policy.ts';

type VideoGate = Pick<MediaGate, 'video' | 'mayWatchVideo'> & {
  mayPersonWatchVideo(actor: Actor & { readonly userId: UserId }, id: VideoId): Promise<boolean>;
};

export function videoGate(deps: VideoDeps): VideoGate {
  const refusalFor = async (id: VideoId, actor: Actor): Promise<Refusal> => {
    const row = await factsOf(deps, id);
    if (row === null) return 'not_found';
    const decision = mayWatch(row.video, await standingOn(deps, actor, row));
    return decision.allowed ? null : decision.code;
  };
  return {
    async video(id) {
      const row = await factsOf(deps, id);
      if (row === null) return null;
      const { channelId, fileKey, isPublic, removal, thumbnailKey } = row.video;
      return {
        id,
        channelId: channelId as ChannelId,
        isOpen: isPublic,
        isRemoved: removal !== null,
        path: deps.files.pathOf(fileKey),
        thumbnailPath: thumbnailKey === null ? null : deps.files.pathOf(thumbnailKey),
      };
    },
    mayWatchVideo: ({ id }, actor) => refusalFor(id, actor),
    mayPersonWatchVideo: async (actor, id) => (await refusalFor(id, actor)) === null,
  };
}
