/** The door of channels: what other features may use. */

export { enforce, personOfActor } from './caller.ts';
export type { ChannelEvent, ChannelMembership } from './events.ts';
export { endPaidPatron, isGrantedPatron, startPaidPatron } from './paid-patrons.ts';
export { type PersonRow, personColumns, personOf } from './person.ts';
export {
  ALLOWED,
  badgesOf,
  channelRoleOf,
  type Decision,
  type GrantedRole,
  GUEST_STANDING,
  mayEnterPatronOnly,
  refuse,
  type Standing,
} from './policy.ts';
export { readAs } from './reading.ts';
export { channelRoutes } from './routes.ts';
export { followersAfter, isBannedFrom, readStanding, readStandings } from './store.ts';
