/** What livestreams announce. Events of one stream arrive in order. */
import type { ChannelId, StreamId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

type Change = 'livestream.started' | 'livestream.updated' | 'livestream.mediaChanged' | 'livestream.ended';

/** Started, renamed, its media came or went, or it ended: whoever watches is told the state as it is then. */
export interface LivestreamChanged<T extends Change = Change> extends DomainEvent {
  readonly type: T;
  readonly streamId: StreamId;
  readonly channelId: ChannelId;
}

export type LivestreamEvent = { [T in Change]: LivestreamChanged<T> }[Change];

export function livestreamEvent(
  type: Change,
  stream: { readonly id: string; readonly channelId: string },
  at: Date,
): LivestreamChanged {
  // Both ids come from our own row.
  const { id, channelId } = stream as { id: StreamId; channelId: ChannelId };
  return { type, key: id, at: at.toISOString(), streamId: id, channelId };
}
