/** What a decision stands on: the item and its text, locked; who decides and by which right; who wrote it. */
import type { ReportId, UserId } from '@virgil/contract';
import type { Person } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { readStanding } from '../channels/index.ts';
import type { ReviewDeps } from './deps.ts';
import type { ContentContext, HeldContent } from './held-content.ts';
import { type AuthorRank, type Capacity, capacityOf, rankOf } from './policy.ts';
import { findProfile, type ItemRow, lockItem } from './store.ts';

export interface Matter {
  readonly item: ItemRow;
  /** The pending report of the same text. */
  readonly reportId: ReportId | null;
  readonly content: HeldContent;
  /** Null: the text is gone. */
  readonly context: ContentContext | null;
}

/** Locks in the order of every decision: report, item, text. Null: there is no such item. */
export async function lockMatter(tx: Tx, deps: Pick<ReviewDeps, 'content'>, itemId: string): Promise<Matter | null> {
  const locked = await lockItem(tx, itemId);
  if (locked === null) return null;
  const content = deps.content[locked.item.sourceType];
  // The report's id is our own.
  const reportId = locked.reportId as ReportId | null;
  return { item: locked.item, reportId, content, context: await content.context(tx, locked.item.contentId) };
}

export interface Sides {
  readonly decider: { readonly id: UserId; readonly name: string; readonly capacity: Capacity | null };
  /** `isThere` false: they had everything erased, and nobody is left to tell or to punish. */
  readonly author: { readonly rank: AuthorRank; readonly isThere: boolean };
}

/** Roles of today, not those a session began with. */
export async function sidesOf(tx: Tx, item: ItemRow, person: Person): Promise<Sides> {
  const decider = await findProfile(tx, person.userId);
  const author = await findProfile(tx, item.userId);
  if (decider === null) throw new AppError('sign_in_required', { detail: 'This account is gone.' });
  const onChannel = async (userId: string, platformRole: Person['role']) => {
    if (item.channelId === null) return { platformRole, ownsChannel: false, moderatesChannel: false };
    // Both ids come from our own rows.
    const actor = { kind: 'person', userId: userId as UserId, role: platformRole } as const;
    const standing = await readStanding(tx, item.channelId, actor);
    return { platformRole, ownsChannel: standing.isOwner, moderatesChannel: standing.granted.has('moderator') };
  };
  const rights = await onChannel(person.userId, decider.role);
  const isAssigned = item.assignedModeratorId === person.userId;
  return {
    decider: {
      id: person.userId,
      name: decider.name,
      capacity: capacityOf({ ...rights, userId: person.userId, isAssigned }),
    },
    author:
      author === null
        ? { rank: 'nobody', isThere: false }
        : { rank: rankOf(await onChannel(item.userId, author.role)), isThere: author.erasedAt === null },
  };
}
