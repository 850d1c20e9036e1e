/** Patrons who pay: a role beside the one an owner grants. Subscriptions decide who holds it. */
import type { ChannelId, UserId } from '@virgil/contract';
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { channelMembers } from '../../db/schema/index.ts';
import type { ChannelMembership } from './events.ts';

export interface PaidPatron {
  readonly channelId: ChannelId;
  readonly userId: UserId;
  readonly at: Date;
}

/** `tx` must be the system's. Repeating it changes nothing. */
export async function startPaidPatron(tx: Tx, patron: PaidPatron): Promise<void> {
  const { at, channelId, userId } = patron;
  const inserted = await tx
    .insert(channelMembers)
    .values({ channelId, userId, role: 'patron', source: 'paid', since: at })
    .onConflictDoNothing()
    .returning({ userId: channelMembers.userId });
  if (inserted.length > 0) await announce(tx, membership('channel.memberGranted', patron));
}

/** Whoever the owner made a patron as well stays one: who listens looks again. */
export async function endPaidPatron(tx: Tx, patron: PaidPatron): Promise<void> {
  const deleted = await tx.delete(channelMembers).where(isPaid(patron)).returning({ userId: channelMembers.userId });
  if (deleted.length > 0) await announce(tx, membership('channel.memberRevoked', patron));
}

export async function isGrantedPatron(tx: Tx, channelId: ChannelId, userId: UserId): Promise<boolean> {
  const [row] = await tx
    .select({ since: channelMembers.since })
    .from(channelMembers)
    .where(
      and(
        eq(channelMembers.channelId, channelId),
        eq(channelMembers.userId, userId),
        eq(channelMembers.role, 'patron'),
        eq(channelMembers.source, 'granted'),
      ),
    );
  return row !== undefined;
}

const isPaid = ({ channelId, userId }: PaidPatron) =>
  and(
    eq(channelMembers.channelId, channelId),
    eq(channelMembers.userId, userId),
    eq(channelMembers.role, 'patron'),
    eq(channelMembers.source, 'paid'),
  );

function membership(type: ChannelMembership['type'], { at, channelId, userId }: PaidPatron): ChannelMembership {
  return { type, key: channelId, at: at.toISOString(), channelId, userId, role: 'patron' };
}
