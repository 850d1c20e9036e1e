/** Appeals follow decisions that were taken back in another way than by the appeal. */
import type { PenaltyEnded } from '../penalties/index.ts';
import type { StrikeLifted } from '../strikes/index.ts';
import { closeAppeal } from './decide-appeal.ts';
import type { AppealDeps } from './deps.ts';

export type AppealReactions = ReturnType<typeof appealReactions>;

export function appealReactions(deps: AppealDeps) {
  return {
    strikeLifted: ({ at, liftedBy, reason, strikeId }: StrikeLifted): Promise<void> =>
      closeAppeal(deps, { type: 'strike', id: strikeId }, { at: new Date(at), by: liftedBy, reason }),

    /** Nothing is left to ask for; an appeal against what has served its time is still heard. */
    async penaltyEnded({ at, cause, penaltyId }: PenaltyEnded): Promise<void> {
      if (cause === 'time') return;
      const reason = 'The penalty was taken back.';
      await closeAppeal(deps, { type: 'penalty', id: penaltyId }, { at: new Date(at), by: null, reason });
    },
  };
}
