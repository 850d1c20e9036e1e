/** The door of channels: what other features may use. */
export {
  ALLOWED,
  badgesOf,
  channelRoleOf,
  type Decision,
  GUEST_STANDING,
  mayEnterPatronOnly,
  refuse,
  type Standing,
} from './policy.ts';
