/**
 * What a penalty ends at once, on every node: sockets, media, one's own livestream. Whoever is kept out may connect
 * again, to an inbox and appeals alone. Everything here may be repeated.
 */
import type { UserId } from '@virgil/contract';
import { and, gt } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import { signalNodes } from '../../db/node-signals.ts';
import { adminPenalties } from '../../db/schema/index.ts';
import type { Realtime } from '../../realtime/index.ts';
import { holdsAt, isBanned } from './store.ts';

const ACCOUNT_CLOSED = 'account.closed';
const ACCOUNT_OPENED = 'account.opened';

export interface CloseAccountsDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly realtime: Pick<Realtime, 'disconnectUser'>;
  /** Their media tokens die and what they watch is cut. */
  readonly revokeViewer: (identity: string) => Promise<void>;
  /** Their own livestream ends; its room closes when this node has it. */
  readonly endLivestreamOf: (userId: UserId) => Promise<void>;
}

export const signalClosed = (tx: Parameters<typeof signalNodes>[0], userId: string) =>
  signalNodes(tx, { kind: ACCOUNT_CLOSED, id: userId });
export const signalOpened = (tx: Parameters<typeof signalNodes>[0], userId: string) =>
  signalNodes(tx, { kind: ACCOUNT_OPENED, id: userId });

/** A handshake that asked who one is just before the penalty may finish just after it. */
const SECOND_LOOK_MS = 1_000;

export type CloseAccounts = ReturnType<typeof closeAccounts>;

export function closeAccounts(deps: CloseAccountsDeps) {
  const { database, clock, realtime } = deps;

  /** Told late, it may be over already. */
  const isClosed = (userId: UserId) =>
    database.asSystem('is an account still closed', (tx) => isBanned(tx, userId, clock.now()));

  async function close(userId: UserId): Promise<void> {
    if (!(await isClosed(userId))) return;
    realtime.disconnectUser(userId, 'banned');
    setTimeout(() => realtime.disconnectUser(userId, 'banned'), SECOND_LOOK_MS).unref();
    await Promise.all([deps.revokeViewer(userId), deps.endLivestreamOf(userId)]);
  }

  /** Connections that were made while the account was closed know too little of what it may do. */
  async function open(userId: UserId): Promise<void> {
    if (!(await isClosed(userId))) realtime.disconnectUser(userId, 'signed_out');
  }

  return {
    close,
    open,
    async hear({ kind, id }: { readonly kind: string; readonly id: string }): Promise<void> {
      // Written by the two functions above, with an id of ours.
      if (kind === ACCOUNT_CLOSED) await close(id as UserId);
      if (kind === ACCOUNT_OPENED) await open(id as UserId);
    },
    /** This node was cut off from the others. */
    async missed(since: Date): Promise<void> {
      const rows = await database.asSystem('penalties this node may not have heard of', (tx) =>
        tx
          .selectDistinct({ userId: adminPenalties.userId })
          .from(adminPenalties)
          .where(and(gt(adminPenalties.issuedAt, new Date(since.getTime() - MARGIN_MS)), holdsAt(clock.now()))),
      );
      for (const { userId } of rows) await close(userId as UserId);
    },
  };
}

const MARGIN_MS = 60_000;
