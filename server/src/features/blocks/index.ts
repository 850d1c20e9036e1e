/** The door of blocks and mutes. */
export { hearOfBlocks } from './hide-person.ts';
export { blockRoutes } from './routes.ts';
export { hasBlocked, isShownTo, towardsOf } from './store.ts';
