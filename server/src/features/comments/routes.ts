import { comments } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import type { CommentDeps } from './deps.ts';
import { listComments } from './list-comments.ts';
import { removeComment } from './remove-comment.ts';
import { writeComment } from './write-comment.ts';

/** A person who writes needs no more; a script does. */
const WRITE_LIMIT = { points: 15, seconds: 60 };

export function commentRoutes(deps: CommentDeps): Binding[] {
  return [
    bind(comments.listComments, ({ caller, params, query }) => listComments(deps, caller.actor, params.id, query)),
    bind(comments.writeComment, ({ caller, params, body }) => writeComment(deps, caller.actor, params.id, body), {
      limit: WRITE_LIMIT,
    }),
    bind(comments.removeComment, async ({ caller, params }) => {
      await removeComment(deps, caller.actor, params.id, params.commentId);
      return undefined;
    }),
  ];
}
