/** Answers the edge's question: who calls, by session cookie or API key, and what do they stand for. */
import { SCOPES, type Scope, type UserId } from '@virgil/contract';
import type { Actor, Caller } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { type Identify, readGuestId } from '../../http/index.ts';
import type { ApiKeys } from './api-keys.ts';
import type { AuthUsers } from './auth-users.ts';
import { ensureProfile } from './ensure-profile.ts';
import { readStanding, type Standing } from './profile-store.ts';
import type { Sessions, SessionUser } from './sessions.ts';

const ALL_SCOPES: ReadonlySet<Scope> = new Set(SCOPES);
const GUEST_SCOPES: ReadonlySet<Scope> = new Set<Scope>(['read']);

export interface IdentifyDeps {
  readonly sessions: Sessions;
  readonly users: AuthUsers;
  readonly apiKeys: ApiKeys;
  readonly database: Database;
  readonly clock: Clock;
  /** Whether an admin must have a second factor. */
  readonly secondFactorForAdmins: boolean;
}

export function createIdentify(deps: IdentifyDeps): Identify {
  return async (headers, { ip, token }) => {
    const key = token ?? bearerToken(headers.authorization);
    if (key !== undefined) {
      const found = await deps.apiKeys.verify(key);
      const user = found === null ? null : await deps.users.byId(found.userId);
      if (found === null || user === null) {
        throw new AppError('sign_in_required', { detail: 'This API key is not valid, was revoked or has expired.' });
      }
      return callerOf(deps, user, { ip, via: 'api-key', scopes: new Set(found.scopes) });
    }
    const user = await deps.sessions.userOf(headers.cookie);
    if (user !== null) return callerOf(deps, user, { ip, via: 'session', scopes: ALL_SCOPES });
    const actor: Actor = { kind: 'guest', guestId: readGuestId(headers.cookie) };
    return { actor, scopes: GUEST_SCOPES, via: 'none', mustEnrolTwoFactor: false, isBanned: false, ip };
  };
}

async function callerOf(
  deps: IdentifyDeps,
  user: SessionUser,
  how: Pick<Caller, 'ip' | 'via' | 'scopes'>,
): Promise<Caller> {
  const standing = await standingOf(deps, user);
  return {
    ...how,
    // better-auth's ids are ours: it takes them from our generator.
    actor: { kind: 'person', userId: user.id as UserId, role: standing.role },
    mustEnrolTwoFactor: deps.secondFactorForAdmins && standing.role === 'admin' && !user.twoFactorEnabled,
    isBanned: standing.isBanned,
  };
}

async function standingOf({ database, clock }: IdentifyDeps, user: SessionUser): Promise<Standing> {
  const found = await database.publicRead((db) => readStanding(db, user.id, clock.now()));
  if (found !== null) return found;
  await database.asSystem('make the profile of a new account', (tx) => ensureProfile(tx, user));
  return { role: 'user', isBanned: false };
}

function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const [scheme = '', value = '', ...rest] = authorization.trim().split(/\s+/);
  if (scheme.toLowerCase() !== 'bearer') return undefined;
  if (value === '' || rest.length > 0)
    throw new AppError('sign_in_required', { detail: 'The bearer token is malformed.' });
  return value;
}
