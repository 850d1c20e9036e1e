import { videos } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { changeVideo, getVideo, listVideos } from './browse.ts';
import type { VideoDeps } from './deps.ts';

export function videoRoutes(deps: VideoDeps): Binding[] {
  return [
    bind(videos.listVideos, ({ caller, query }) => listVideos(deps, caller.actor, query)),
    bind(videos.getVideo, ({ caller, params }) => getVideo(deps, caller.actor, params.id)),
    bind(videos.updateVideo, ({ caller, params, body }) => changeVideo(deps, caller.actor, params.id, body)),
  ];
}
