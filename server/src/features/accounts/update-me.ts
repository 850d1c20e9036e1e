/** A person changes what they say about themselves. */
import type { accounts, BodyOf } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { announce } from '../../db/outbox.ts';
import { isUniqueViolation } from '../../db/postgres-errors.ts';
import { differing } from '../../differing.ts';
import { AppError } from '../../errors.ts';
import { personOf } from './actor-of.ts';
import type { AccountsDeps } from './deps.ts';
import { describeMe } from './describe-me.ts';
import { isNameTaken, isReserved, parseDisplayName } from './display-name.ts';
import { profileChanged } from './events.ts';
import { type ProfileRow, readProfile, updateProfile } from './profile-store.ts';

export async function updateMe(
  deps: AccountsDeps,
  caller: Caller,
  changes: BodyOf<typeof accounts.updateMe>,
): Promise<accounts.Me> {
  const person = personOf(caller);
  const at = deps.clock.now();
  if (changes.timeZone !== undefined && !isTimeZone(changes.timeZone)) {
    throw new AppError('invalid', { errors: [{ path: 'timeZone', message: 'not an IANA time zone' }] });
  }
  const name = changes.displayName === undefined ? null : parseDisplayName(changes.displayName, 'displayName');

  const profile = await nameTakenOnConflict(() =>
    deps.database.asActor(person, async (tx) => {
      const before = await readProfile(tx, person.userId);
      if (before === null) return null;
      if (name !== null && name.name !== before.displayName) {
        if (isReserved(name.keys) && person.role !== 'admin') throw new AppError('name_taken');
        if (await isNameTaken(tx, name.keys, person.userId)) throw new AppError('name_taken');
      }
      const next: Partial<ProfileRow> = differing(before, {
        ...(name === null
          ? {}
          : {
              displayName: name.name,
              displayNameSkeleton: name.keys.skeleton,
              displayNameCaseless: name.keys.caseless,
            }),
        ...(changes.bio === undefined ? {} : { bio: changes.bio }),
        ...(changes.language === undefined ? {} : { language: changes.language }),
        ...(changes.timeZone === undefined ? {} : { timeZone: changes.timeZone }),
      });
      if (Object.keys(next).length === 0) return before;
      await recordAudit(tx, {
        type: 'PROFILE_UPDATED',
        entity: 'profile',
        entityId: person.userId,
        actorId: person.userId,
        at,
        details: { fields: Object.keys(next) },
      });
      await announce(tx, profileChanged(person.userId, at));
      return updateProfile(tx, person.userId, { ...next, updatedAt: at });
    }),
  );
  if (name !== null) await deps.users.rename(person.userId, name.name);
  return describeMe(caller, profile, await deps.users.byId(person.userId));
}

/** Two people taking one name in the same moment: the index decides, and the second is told. */
async function nameTakenOnConflict<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'profiles_skeleton_key') || isUniqueViolation(error, 'profiles_caseless_key'))
      throw new AppError('name_taken', { cause: error });
    throw error;
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // RangeError is how Intl says no.
    return false;
  }
}
