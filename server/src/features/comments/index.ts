/** The door of comments under recordings. */
export type { CommentDeps } from './deps.ts';
export type { CommentsChanged } from './events.ts';
export { heldComments } from './held-comments.ts';
export { commentRoutes } from './routes.ts';
export { commentCommands } from './socket.ts';
export { hearOfComments, spreadCount } from './watch-comments.ts';
