/** Appeals follow decisions that were taken back in another way than by the appeal. */
import type { appeals as contract } from '@virgil/contract';
import type { PenaltyEnded } from '../penalties/index.ts';
import type { SanctionChanged } from '../sanctions/index.ts';
import type { StrikeLifted } from '../strikes/index.ts';
import { type Closing, closeAppeals } from './close-appeals.ts';
import { findDecision } from './decision-store.ts';
import type { AppealDeps } from './deps.ts';

export type AppealReactions = ReturnType<typeof appealReactions>;
type Deps = Pick<AppealDeps, 'database'>;

export function appealReactions(deps: Deps) {
  return {
    strikeLifted: ({ at, liftedBy, reason, strikeId }: StrikeLifted): Promise<void> =>
      close(deps, { type: 'strike', id: strikeId }, { at: new Date(at), by: liftedBy, reason }),

    /** Nothing is left to ask for; an appeal against what has served its time is still heard. */
    async penaltyEnded({ at, cause, penaltyId }: PenaltyEnded): Promise<void> {
      if (cause === 'time') return;
      const reason = 'The penalty was taken back.';
      await close(deps, { type: 'penalty', id: penaltyId }, { at: new Date(at), by: null, reason });
    },

    async sanctionLifted({ at, sanctionId, type }: SanctionChanged): Promise<void> {
      const lifted = new Date(at);
      if (type === 'sanctions.timeoutLifted') {
        const reason = 'The timeout was lifted.';
        await close(deps, { type: 'timeout', id: sanctionId }, { at: lifted, by: null, reason });
      }
      if (type === 'sanctions.banLifted') {
        const reason = 'The ban from the channel was lifted.';
        await close(deps, { type: 'ban', id: sanctionId }, { at: lifted, by: null, reason });
      }
    },
  };
}

/** `undone` decisions are found by nobody any more: then too nothing is left to ask for. */
async function close({ database }: Deps, subject: contract.AppealSubject, closing: Closing): Promise<void> {
  await database.asSystem('close the appeal against a decision that was taken back', async (tx) => {
    const decision = await findDecision(tx, subject, closing.at);
    if (decision?.isInForce !== true) await closeAppeals(tx, [subject], closing);
  });
}
