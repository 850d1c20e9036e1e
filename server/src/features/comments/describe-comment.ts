/** A comment as the contract shows it. */
import { badge, type CommentId, type comments as contract, type VideoId } from '@virgil/contract';
import { type PersonRow, personOf } from '../channels/index.ts';
import type { CommentRow } from './store.ts';

export function describeComment(row: CommentRow, author: PersonRow): contract.Comment {
  return {
    id: row.id as CommentId,
    videoId: row.videoId as VideoId,
    author: personOf(author),
    badges: row.badges.map((name) => badge.parse(name)),
    message: row.message,
    status: row.status === 'held' ? 'held' : 'published',
    createdAt: row.createdAt.toISOString(),
    approvedAt: row.approvedAt?.toISOString() ?? null,
  };
}
