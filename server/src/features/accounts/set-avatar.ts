/** A person shows a picture of themselves, or goes back to the drawn initial. */
import type { accounts } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { announce } from '../../db/outbox.ts';
import type { UploadedFile } from '../../http/index.ts';
import { personOf } from './actor-of.ts';
import { encodeAvatar } from './avatar-store.ts';
import type { AccountsDeps } from './deps.ts';
import { describeMe } from './describe-me.ts';
import { profileChanged } from './events.ts';
import { readProfile, updateProfile } from './profile-store.ts';

/** `file` null removes the picture. */
export async function setAvatar(deps: AccountsDeps, caller: Caller, file: UploadedFile | null): Promise<accounts.Me> {
  const person = personOf(caller);
  const at = deps.clock.now();
  const avatarKey = file === null ? null : await deps.avatars.write(person.userId, await encodeAvatar(file.bytes));

  const [profile, replaced] = await deps.database.asActor(person, async (tx) => {
    const before = await readProfile(tx, person.userId);
    if (before === null || before.avatarKey === avatarKey) return [before, null] as const;
    await recordAudit(tx, {
      type: 'PROFILE_UPDATED',
      entity: 'profile',
      entityId: person.userId,
      actorId: person.userId,
      at,
      details: { fields: ['avatar'], avatarKey },
    });
    await announce(tx, profileChanged(person.userId, at));
    const after = await updateProfile(tx, person.userId, { avatarKey, updatedAt: at });
    return [after, before.avatarKey] as const;
  });
  if (replaced !== null) await deps.avatars.remove(replaced);
  return describeMe(caller, profile, await deps.users.byId(person.userId));
}
