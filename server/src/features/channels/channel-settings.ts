/** The owner's settings of a channel: what a new stream begins with, and whether it is kept. */
import type { BodyOf, ChannelId, channels as contract } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { differing } from '../../differing.ts';
import { AppError } from '../../errors.ts';
import { enforce, personOfActor } from './caller.ts';
import type { ChannelDeps } from './deps.ts';
import type { PatronPriceChanged } from './events.ts';
import { mayChangeSettings } from './policy.ts';
import { type ChannelRow, findChannel, readStanding, updateSettings } from './store.ts';

type Settings = contract.ChannelSettings;

export async function getSettings(deps: ChannelDeps, actor: Actor, channelId: ChannelId): Promise<Settings> {
  return deps.database.asActor(actor, async (tx) => settingsOf((await ownChannel(tx, actor, channelId)).channel));
}

export async function changeSettings(
  deps: ChannelDeps,
  actor: Actor,
  channelId: ChannelId,
  change: BodyOf<typeof contract.updateChannelSettings>,
): Promise<Settings> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  const { patronPrice, ...words } = change;
  return deps.database.asActor(actor, async (tx) => {
    const { channel } = await ownChannel(tx, actor, channelId);
    const price = patronPrice === undefined ? {} : priceColumns(patronPrice);
    const given = differing(channel, { ...words, ...price });
    if (Object.keys(given).length === 0) return settingsOf(channel);
    const changed = await updateSettings(tx, channelId, given, at);
    await recordAudit(tx, {
      type: 'CHANNEL_SETTINGS_UPDATED',
      entity: 'channel',
      entityId: channelId,
      actorId: userId,
      at,
      details: { fields: Object.keys(given), ...price },
    });
    if (changed !== null && !isSamePrice(channel, changed)) {
      const event: PatronPriceChanged = {
        type: 'channel.patronPriceChanged',
        key: channelId,
        at: at.toISOString(),
        channelId,
      };
      await announce(tx, event);
    }
    return settingsOf(changed ?? channel);
  });
}

async function ownChannel(tx: Tx, actor: Actor, channelId: ChannelId): Promise<ChannelRow> {
  const row = await findChannel(tx, channelId);
  if (row === null) throw new AppError('not_found');
  enforce(mayChangeSettings(await readStanding(tx, channelId, actor)));
  return row;
}

function settingsOf(channel: ChannelRow['channel']): Settings {
  const { description, defaultTitle, defaultRealm, defaultCategory, record } = channel;
  return { description, defaultTitle, defaultRealm, defaultCategory, record, patronPrice: patronPriceOf(channel) };
}

function patronPriceOf({ patronAmount, patronCurrency }: ChannelRow['channel']): Settings['patronPrice'] {
  return patronAmount === null || patronCurrency === null ? null : { amount: patronAmount, currency: patronCurrency };
}

function priceColumns(price: Settings['patronPrice']) {
  return { patronAmount: price?.amount ?? null, patronCurrency: price?.currency ?? null };
}

function isSamePrice(one: ChannelRow['channel'], other: ChannelRow['channel']): boolean {
  return one.patronAmount === other.patronAmount && one.patronCurrency === other.patronCurrency;
}
