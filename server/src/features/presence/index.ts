/** The door of presence: who watches. */
export { Presence, type PresenceOptions } from './presence.ts';
