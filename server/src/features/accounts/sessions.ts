/**
 * Whose session a cookie is. better-auth answers; the answer is remembered for a few seconds, because a page asks
 * many times in a moment. Every change that goes through this node's `/api/auth` forgets all of it at once; a change
 * on another node is seen within `REMEMBER_MS`. Role and penalties are never remembered here.
 */
import type { Auth } from './auth.ts';

export interface SessionUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly createdAt: Date;
  readonly twoFactorEnabled: boolean;
}

export interface Sessions {
  userOf(cookie: string | undefined): Promise<SessionUser | null>;
  forgetAll(): void;
}

const REMEMBER_MS = 5_000;
const MOST = 10_000;
const SESSION_COOKIE = /(?:^|;\s*)((?:__Secure-)?virgil\.session_token=[^;]+)/;

export function createSessions(auth: Auth): Sessions {
  const known = new Map<string, { readonly user: SessionUser; readonly until: number }>();
  /** An answer that was under way while things changed is not kept. */
  let generation = 0;
  return {
    async userOf(cookie) {
      const pair = cookie === undefined ? undefined : SESSION_COOKIE.exec(cookie)?.[1];
      if (pair === undefined) return null;
      const remembered = known.get(pair);
      if (remembered !== undefined && remembered.until > performance.now()) return remembered.user;
      const asked = generation;
      // Refreshing belongs to better-auth's own endpoint, whose answer can carry the new cookie.
      const session = await auth.api.getSession({
        headers: new Headers({ cookie: pair }),
        query: { disableRefresh: true },
      });
      if (session === null) return null;
      const { id, name, email, createdAt, twoFactorEnabled } = session.user;
      const user = { id, name, email, createdAt, twoFactorEnabled: twoFactorEnabled === true };
      if (asked === generation) {
        if (known.size >= MOST) known.clear();
        known.set(pair, { user, until: performance.now() + REMEMBER_MS });
      }
      return user;
    },
    forgetAll() {
      generation++;
      known.clear();
    },
  };
}
