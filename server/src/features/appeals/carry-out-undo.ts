/** Undoes a decision, step by step of its plan, in the transaction that accepts the appeal, with the system's rights. */
import type { DecisionKind, UserId } from '@virgil/contract';
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { userViolations as violations } from '../../db/schema/index.ts';
import { liftPenalty } from '../penalties/index.ts';
import { restoreContent } from '../removals/index.ts';
import type { HeldContents } from '../review/index.ts';
import { liftChannelBan, liftTimeout } from '../sanctions/index.ts';
import { reverseStatement } from '../statements/index.ts';
import { liftStrike } from '../strikes/index.ts';
import type { Step } from './undo-plan.ts';

export interface Lift {
  readonly at: Date;
  readonly by: UserId;
  readonly reason: string;
}

/** What else to tell the person: that an account is open again. */
export interface Opened {
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
}

export async function carryOutUndo(
  tx: Tx,
  heldContents: HeldContents,
  steps: readonly Step[],
  lift: Lift,
): Promise<Opened | null> {
  let opened: Opened | null = null;
  for (const each of steps) opened = (await undoStep(tx, heldContents, each, lift)) ?? opened;
  return opened;
}

async function undoStep(tx: Tx, heldContents: HeldContents, each: Step, lift: Lift): Promise<Opened | null> {
  const { at } = lift;
  const cause = 'appeal' as const;
  switch (each.what) {
    case 'violation':
      await resolve(tx, each.id, at);
      return null;
    case 'text':
      if (each.undone) await showAgain(tx, heldContents, each, at);
      return null;
    case 'content':
      await restoreContent(tx, { decision: each.decision, at });
      return null;
    case 'strike':
      return (await liftStrike(tx, each.id, { ...lift, cause })).paragraph;
    case 'automatic_ban':
      // It falls with the strike.
      return null;
    case 'penalty':
      await liftPenalty(tx, each.id, { ...lift, cause, quiet: true });
      return null;
    case 'timeout':
      await liftTimeout(tx, each.id, { ...lift, cause });
      return null;
    case 'ban':
      await liftChannelBan(tx, each.id, { ...lift, cause });
      return null;
    case 'statement': {
      // Written by us, from the closed list.
      const decision = each.decision as { kind: DecisionKind; id: string };
      await reverseStatement(tx, { decision, because: cause, at });
      return null;
    }
  }
}

async function resolve(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .update(violations)
    .set({ resolvedAt: at, resolvedBecause: 'appeal' })
    .where(and(eq(violations.id, id), isNull(violations.resolvedAt)));
}

/** At its place, with its original time; what was never shown is marked as late. */
async function showAgain(
  tx: Tx,
  heldContents: HeldContents,
  { id, source }: Extract<Step, { what: 'text' }>,
  at: Date,
): Promise<void> {
  const content = heldContents[source];
  const text = await content.context(tx, id);
  switch (text?.state) {
    case undefined:
    case 'published':
      return;
    case 'removed':
      return content.putBack(tx, id, 'published', { at });
    case 'rejected':
      await content.putBack(tx, id, 'held', { at });
      return content.release(tx, id, { at });
    case 'held':
    case 'blocked':
      return content.release(tx, id, { at });
  }
}
