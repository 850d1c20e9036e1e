/** The door of tips. */
export type { TipDeps } from './deps.ts';
export type { TipEvent } from './events.ts';
export { heldTipWords } from './held-words.ts';
export { tipRoutes } from './routes.ts';
export { tipSettlement } from './settle-tip.ts';
export { hearTip, readNewestTips, showTip } from './show-tip.ts';
export { tipCommands } from './socket.ts';
export { TipBoard } from './tip-board.ts';
export { tipLimit } from './tip-limit.ts';
export { findTipWords, type TipWords } from './words.ts';
