/** The commands of a recording's page. */
import { comments } from '@virgil/contract';
import { bindCommand, type CommandBinding } from '../../realtime/index.ts';
import type { CommentDeps } from './deps.ts';
import { unwatchComments, watchComments } from './watch-comments.ts';

export function commentCommands(deps: Pick<CommentDeps, 'database'>): CommandBinding[] {
  return [
    bindCommand(
      comments.watchComments,
      ({ caller, input, socket }) => watchComments(deps, caller, input.videoId, socket),
      { changesMembership: true },
    ),
    bindCommand(comments.unwatchComments, ({ input, socket }) => unwatchComments(input.videoId, socket), {
      changesMembership: true,
    }),
  ];
}
