/** The door of presence: who watches. */
export { Presence } from './presence.ts';
