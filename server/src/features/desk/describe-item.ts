/** An item as the contract shows it. */
import type { ChannelId, desk as contract, Person, StreamId, VideoId } from '@virgil/contract';
import { personOf } from '../channels/index.ts';
import { holderOf, isHarsh } from './policy.ts';
import type { QueuedItem } from './queue-store.ts';

type Face = QueuedItem['claimer'];
const personOrNull = (row: Face): Person | null => (row === null ? null : personOf(row));

export function claimOf(
  item: Pick<QueuedItem['item'], 'claimedBy' | 'claimedAt' | 'claimExpiresAt'>,
  claimer: Face,
  now: Date,
): contract.ReviewClaim | null {
  const { claimedAt, claimExpiresAt } = item;
  if (holderOf(item, now) === null || claimer === null || claimedAt === null || claimExpiresAt === null) return null;
  return { by: personOf(claimer), at: claimedAt.toISOString(), expiresAt: claimExpiresAt.toISOString() };
}

export function describeItem(row: QueuedItem, voices: number, now: Date): contract.ReviewItem {
  const { item } = row;
  return {
    // Ids come from our own rows.
    id: item.id as contract.ReviewItemId,
    source: item.sourceType,
    category: item.category,
    riskScore: item.riskScore,
    thresholds: row.holdAt === null || row.blockAt === null ? null : { hold: row.holdAt, block: row.blockAt },
    foundByClassifier: item.reportedByAi,
    voices,
    preview: item.contentPreview,
    headsQueue: item.headsQueue,
    isHarsh: isHarsh(item),
    author: personOf(row.author),
    channel: item.channelId === null ? null : { id: item.channelId as ChannelId, name: row.channelName ?? '' },
    stream:
      item.streamId === null || row.streamTitle === null || row.streamRealm === null
        ? null
        : { id: item.streamId as StreamId, title: row.streamTitle, realm: row.streamRealm },
    video: item.videoId === null ? null : { id: item.videoId as VideoId, title: row.videoTitle ?? '' },
    status: item.resolutionStatus,
    writtenAt: item.contentCreatedAt.toISOString(),
    createdAt: item.createdAt.toISOString(),
    claim: claimOf(item, row.claimer, now),
    assignedTo: personOrNull(row.assignee),
    decided:
      item.resolutionTimestamp === null
        ? null
        : { by: personOrNull(row.decider), at: item.resolutionTimestamp.toISOString() },
    escalated:
      item.escalatedAt === null || item.escalationTrigger === null
        ? null
        : {
            by: personOrNull(row.escalator),
            at: item.escalatedAt.toISOString(),
            trigger: item.escalationTrigger,
            note: item.escalationNote,
          },
  };
}
