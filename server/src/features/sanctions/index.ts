/** The door of sanctions: timeouts and bans of one channel. */
export {
  banFromChannel,
  type IssuedChannelBan,
  liftChannelBan,
  type NewChannelBan,
} from './ban-from-channel.ts';
export type { SanctionChanged } from './events.ts';
export { sanctionJobs } from './jobs.ts';
export { followSanctions, type SanctionDeps } from './signals.ts';
export { type IssuedTimeout, liftTimeout, type NewTimeout, type SanctionLift, timeOut } from './time-out.ts';
