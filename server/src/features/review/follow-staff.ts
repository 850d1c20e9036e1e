/**
 * A moderator of the platform who lost the role, or whose account was closed: what was assigned to them goes to others
 * by the same rule as a new text, and what they had taken is free. May be told again, and late: it looks at who they
 * are now.
 */
import type { UserId } from '@virgil/contract';
import {
  leastBusyModerator,
  lockAssignedTo,
  lockAssignment,
  releaseClaims,
  staffStanding,
} from './assignment-store.ts';
import type { ReviewDeps } from './deps.ts';
import { updateItem } from './store.ts';

export async function followStaff(
  { clock, database }: Pick<ReviewDeps, 'clock' | 'database'>,
  { userId }: { readonly userId: UserId },
): Promise<void> {
  await database.asSystem('what waits for a moderator who is none any more goes to others', async (tx) => {
    const at = clock.now();
    const standing = await staffStanding(tx, userId, at);
    const isBanned = standing?.isBanned ?? true;
    if (standing?.role === 'admin' && !isBanned) return;
    if (standing?.role !== 'moderator' || isBanned) {
      await lockAssignment(tx);
      // One after the other: each counts for whoever gets it.
      for (const { authorId, contentId, id } of await lockAssignedTo(tx, userId)) {
        // From our own row.
        const text = { authorId: authorId as UserId, contentId };
        const next = await leastBusyModerator(tx, text, at);
        await updateItem(tx, id, { assignedModeratorId: next, updatedAt: at });
      }
    }
    await releaseClaims(tx, userId, { at, unlessOfTheirs: !isBanned });
  });
}
