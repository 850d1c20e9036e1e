/** Who acts. Row-level security and every policy read the same value. */
import type { PlatformRole, Scope, UserId } from '@virgil/contract';

export type Actor =
  /** Not signed in. `guestId` comes from the guest cookie; null for a client without one. */
  { readonly kind: 'guest'; readonly guestId: string | null } | Person;

export interface Person {
  readonly kind: 'person';
  readonly userId: UserId;
  readonly role: PlatformRole;
}

/** An actor as an edge identified it: how it proved itself and what that allows. */
export interface Caller {
  readonly actor: Actor;
  /** A session holds every scope, an API key those it was made with, a guest `read`. */
  readonly scopes: ReadonlySet<Scope>;
  readonly via: 'session' | 'api-key' | 'none';
  /** In production an admin without a second factor is held back to the enrolment page. */
  readonly mustEnrolTwoFactor: boolean;
  /** A platform penalty is in force: only inbox, appeals, export and one's own profile are open (`openToBanned`). */
  readonly isBanned: boolean;
  readonly ip: string;
}
