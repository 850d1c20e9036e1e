/**
 * A person of better-auth has a profile and a channel here. Made right after sign-up, and again on the first request
 * that finds none, so that a crash between the two databases' commits leaves nothing broken.
 */

import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import type { NewUser } from './auth.ts';
import { isNameTaken, isReserved } from './display-name.ts';
import { nameKeys } from './name-skeleton.ts';
import { insertProfile, readProfile } from './profile-store.ts';
import { newStreamKey } from './stream-key.ts';

const MAX_NAME = 32;

/** The name was checked at sign-up; should another have taken it in that moment, a number is added. */
export async function ensureProfile(tx: Tx, user: NewUser): Promise<void> {
  if ((await readProfile(tx, user.id)) !== null) return;
  for (let attempt = 0; attempt < 50; attempt++) {
    const suffix =
      attempt === 0 ? '' : ` ${attempt < 10 ? attempt + 1 : user.id.slice(-6)}${attempt < 11 ? '' : attempt}`;
    const displayName = [...user.name].slice(0, MAX_NAME - suffix.length).join('') + suffix;
    const keys = nameKeys(displayName);
    if (isReserved(keys) || (await isNameTaken(tx, keys))) continue;
    if (
      await insertProfile(tx, {
        id: user.id,
        displayName,
        keys,
        streamKey: newStreamKey(),
        createdAt: user.createdAt,
      })
    ) {
      await recordAudit(tx, {
        type: 'ACCOUNT_CREATED',
        entity: 'account',
        entityId: user.id,
        actorId: null,
        at: user.createdAt,
        details: {},
      });
      return;
    }
    if ((await readProfile(tx, user.id)) !== null) return;
  }
  throw new Error('no free name for a new profile');
}
