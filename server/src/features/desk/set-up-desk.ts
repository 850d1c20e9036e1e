/** How a desk is set up: by the person for themselves, by an admin for everybody who chose nothing. */
import type { BodyOf, desk as contract } from '@virgil/contract';
import { and, eq } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { channelMembers } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { DeskDeps } from './deps.ts';
import { exposureOf } from './policy.ts';
import { countPending } from './queue-store.ts';
import { changed, type StoredSettings, settingsFrom, sharedKeys } from './settings-policy.ts';
import { readDefaults, readOwn, writeDefaults, writeOwn } from './settings-store.ts';
import { countLooks, readShift } from './shift-store.ts';

type Deps = Pick<DeskDeps, 'clock' | 'database'>;

export async function getDesk({ clock, database }: Deps, actor: Actor): Promise<contract.Desk> {
  const { role, userId } = personOfActor(actor);
  const now = clock.now();
  const defaults = await database.asSystem('settings that hold for everybody', readDefaults);
  return database.asActor(actor, async (tx) => {
    const own = await readOwn(tx, userId);
    return {
      isModerator: role !== 'user' || (await moderatesForOthers(tx, userId)),
      pending: await countPending(tx),
      preferences: settingsFrom(defaults, own),
      own: Object.keys(own),
      defaults: settingsFrom(defaults),
      exposure: exposureOf(await readShift(tx, userId), await countLooks(tx, userId), now),
    };
  });
}

async function moderatesForOthers(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx
    .select({ channelId: channelMembers.channelId })
    .from(channelMembers)
    .where(and(eq(channelMembers.userId, userId), eq(channelMembers.role, 'moderator')))
    .limit(1);
  return rows.length > 0;
}

export async function changeDesk(
  deps: Deps,
  actor: Actor,
  body: BodyOf<typeof contract.changeDesk>,
): Promise<contract.Desk> {
  const { userId } = personOfActor(actor);
  requireOwnKeys(body);
  await deps.database.asActor(actor, async (tx) => {
    await writeOwn(tx, userId, changed(await readOwn(tx, userId), body), deps.clock.now());
  });
  return getDesk(deps, actor);
}

export async function changeDeskDefaults(
  deps: Deps,
  actor: Actor,
  body: BodyOf<typeof contract.changeDeskDefaults>,
): Promise<contract.Desk> {
  const { userId } = personOfActor(actor);
  requireOwnKeys(body);
  const at = deps.clock.now();
  await deps.database.asSystem('an admin sets up every desk', async (tx) => {
    const before = await readDefaults(tx);
    const after = changed(before, body);
    const fields = differing(before, after);
    if (fields.length === 0) return;
    await writeDefaults(tx, after, at);
    const entry = { type: 'DESK_DEFAULTS_CHANGED', entity: 'instance', entityId: 'desk', actorId: userId, at } as const;
    await recordAudit(tx, { ...entry, details: { fields } });
  });
  return getDesk(deps, actor);
}

const differing = (before: StoredSettings, after: StoredSettings): string[] =>
  Object.keys({ ...before, ...after }).filter(
    (name) =>
      JSON.stringify(before[name as keyof StoredSettings]) !== JSON.stringify(after[name as keyof StoredSettings]),
  );

function requireOwnKeys({ keys }: BodyOf<typeof contract.changeDesk>): void {
  if (keys === undefined) return;
  const shared = sharedKeys(keys);
  if (shared.length > 0) {
    throw new AppError('invalid', {
      detail: 'Two acts cannot answer to one key.',
      errors: shared.map((act) => ({ path: `keys.${act}`, message: 'another act has this key' })),
    });
  }
}
