/**
 * A person of better-auth has a profile and a channel here. Made right after sign-up, and again on the first request
 * that finds none, so that a crash between the two databases' commits leaves nothing broken.
 */

import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import type { NewUser } from './auth.ts';
import { freeName } from './display-name.ts';
import { nameKeys } from './name-skeleton.ts';
import { insertProfile, readProfile } from './profile-store.ts';
import { newStreamKey } from './stream-key.ts';

/** The name was checked at sign-up; should another have taken it in that moment, a number is added. */
export async function ensureProfile(tx: Tx, user: NewUser): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    if ((await readProfile(tx, user.id)) !== null) return;
    const displayName = await freeName(tx, user.name);
    const profile = { id: user.id, displayName, keys: nameKeys(displayName), streamKey: newStreamKey() };
    if (!(await insertProfile(tx, { ...profile, createdAt: user.createdAt }))) continue;
    const entry = { type: 'ACCOUNT_CREATED', entity: 'account', entityId: user.id, actorId: null } as const;
    await recordAudit(tx, { ...entry, at: user.createdAt });
    return;
  }
  throw new Error('no free name for a new profile');
}
