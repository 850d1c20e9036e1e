/** A channel may be stricter than the platform: its owner and moderators say how much. */
import type { BodyOf, ChannelId, moderation as contract } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { enforce, personOfActor, readStanding } from '../channels/index.ts';
import type { ModerationDeps } from './deps.ts';
import { effectiveThresholds, mayLookAfter, milderThan, ownThresholds, type Thresholds } from './policy.ts';
import { signalThresholds } from './thresholds-in-force.ts';
import {
  isChannel,
  readChannelThresholds,
  readPlatformThresholds,
  writeChannelThresholds,
} from './thresholds-store.ts';

type Deps = Pick<ModerationDeps, 'database' | 'clock' | 'inForce'>;

export async function getChannelThresholds(
  deps: Deps,
  actor: Actor,
  channelId: ChannelId,
): Promise<contract.ChannelThresholds> {
  const platform = await readPlatform(deps);
  return deps.database.asActor(actor, async (tx) => {
    await requireCare(tx, actor, channelId);
    return { ...effectiveThresholds(platform, await readChannelThresholds(tx, channelId)), platform };
  });
}

export async function setChannelThresholds(
  deps: Deps,
  actor: Actor,
  channelId: ChannelId,
  wished: BodyOf<typeof contract.setChannelThresholds>,
): Promise<contract.ChannelThresholds> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  const platform = await readPlatform(deps);
  await deps.database.asActor(actor, async (tx) => {
    await requireCare(tx, actor, channelId);
    requireStricter(platform, wished);
    const before = await readChannelThresholds(tx, channelId);
    const own = ownThresholds(platform, wished);
    if (before?.hold === own.hold && before.block === own.block) return;
    await writeChannelThresholds(tx, channelId, own, at);
    await recordAudit(tx, {
      type: 'CHANNEL_THRESHOLDS_CHANGED',
      entity: 'channel',
      entityId: channelId,
      actorId: userId,
      at,
      details: { hold: wished.hold, block: wished.block, before: before && effectiveThresholds(platform, before) },
    });
    await signalThresholds(tx, channelId);
  });
  deps.inForce.forget();
  return { ...effectiveThresholds(platform, wished), platform };
}

/** As they are stored now: what another node changed a moment ago counts. */
const readPlatform = ({ database }: Deps): Promise<Thresholds> =>
  database.asSystem('thresholds are the platform’s', readPlatformThresholds);

async function requireCare(tx: Tx, actor: Actor, channelId: ChannelId): Promise<void> {
  if (!(await isChannel(tx, channelId))) throw new AppError('not_found');
  enforce(mayLookAfter(await readStanding(tx, channelId, actor)));
}

function requireStricter(platform: Thresholds, wished: Thresholds): void {
  const errors = milderThan(platform, wished).map((path) => ({
    path,
    message: `may not be above the platform’s ${platform[path]}`,
  }));
  if (errors.length > 0) throw new AppError('invalid', { detail: 'A channel may only be stricter.', errors });
}
