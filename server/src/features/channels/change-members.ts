/** The owner gives someone a role on the channel, or takes it back. Repeating either changes nothing. */
import type { ChannelId, channels as contract, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { notify } from '../notifications/index.ts';
import { enforce, personOfActor } from './caller.ts';
import type { ChannelDeps } from './deps.ts';
import type { ChannelMembership } from './events.ts';
import { deleteMember, findMember, findPerson, insertMember, type MemberRow } from './member-store.ts';
import { personOf } from './person.ts';
import { type GrantedRole, mayGrant } from './policy.ts';
import { type ChannelRow, findChannel, readStanding } from './store.ts';

export interface MemberChange {
  readonly channelId: ChannelId;
  readonly userId: UserId;
  readonly role: GrantedRole;
}

export async function grantRole(deps: ChannelDeps, actor: Actor, change: MemberChange): Promise<contract.Member> {
  const owner = personOfActor(actor);
  const at = deps.clock.now();
  return deps.database.asActor(actor, async (tx) => {
    const channel = await channelToChange(tx, actor, change);
    if ((await findPerson(tx, change.userId)) === null) throw new AppError('not_found');
    if (await insertMember(tx, { ...change, grantedBy: owner.userId, at })) {
      await recordAudit(tx, { type: 'CHANNEL_ROLE_GRANTED', ...auditOf(change, owner.userId, at) });
      await announce(tx, membership('channel.memberGranted', change, at));
      const { displayName } = channel.person;
      await notify(tx, {
        userId: change.userId,
        sentBy: owner.userId,
        kind: `channel.${change.role}.granted`,
        text: `You are now a ${NAMES[change.role]} of ${displayName}’s channel.`,
        data: { channelId: change.channelId, channel: displayName },
        at,
      });
    }
    const granted = await findMember(tx, change);
    if (granted === null) throw new Error('a role vanished in the transaction that granted it');
    return describeMember(granted);
  });
}

export async function revokeRole(deps: ChannelDeps, actor: Actor, change: MemberChange): Promise<void> {
  const owner = personOfActor(actor);
  const at = deps.clock.now();
  await deps.database.asActor(actor, async (tx) => {
    const channel = await channelToChange(tx, actor, change);
    if (!(await deleteMember(tx, change))) return;
    await recordAudit(tx, { type: 'CHANNEL_ROLE_REVOKED', ...auditOf(change, owner.userId, at) });
    await announce(tx, membership('channel.memberRevoked', change, at));
    const { displayName } = channel.person;
    await notify(tx, {
      userId: change.userId,
      sentBy: owner.userId,
      kind: `channel.${change.role}.revoked`,
      text: `You are no longer a ${NAMES[change.role]} of ${displayName}’s channel.`,
      data: { channelId: change.channelId, channel: displayName },
      at,
    });
  });
}

const NAMES: Record<GrantedRole, string> = { moderator: 'moderator', vip: 'VIP', patron: 'patron' };

async function channelToChange(tx: Tx, actor: Actor, change: MemberChange): Promise<ChannelRow> {
  const channel = await findChannel(tx, change.channelId);
  if (channel === null) throw new AppError('not_found');
  const standing = await readStanding(tx, change.channelId, actor);
  enforce(mayGrant(standing, String(change.userId) === String(change.channelId)));
  return channel;
}

function auditOf({ channelId, userId, role }: MemberChange, actorId: UserId, at: Date) {
  return { entity: 'channel', entityId: channelId, actorId, at, details: { userId, role } } as const;
}

export function describeMember({ person, role, since, source }: Omit<MemberRow, 'name'>): contract.Member {
  return { person: personOf(person), role, paid: source === 'paid', since: since.toISOString() };
}

function membership(type: ChannelMembership['type'], change: MemberChange, at: Date): ChannelMembership {
  return { type, key: change.channelId, at: at.toISOString(), ...change };
}
