/**
 * What a decision does to a text, for whoever owns that kind of text. A line of chat and the words of a tip are both
 * `live`. Everything runs in the transaction of the decision, with the system's rights; what the room or the page
 * must hear is announced there and told after the commit. Repeating a step changes nothing, and so does a step on a
 * text that is gone.
 */
import type { ChannelId, StreamId, UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';

/**
 * `held`: its author and moderators see it. `published`: everybody does. `blocked`: never shown. `rejected`: was held
 * and stays hidden for good. `removed`: was published and is hidden.
 */
export type ContentState = 'held' | 'published' | 'blocked' | 'rejected' | 'removed';

export interface ContentContext {
  readonly state: ContentState;
  readonly authorId: UserId;
  /** As it was written. */
  readonly text: string;
  readonly createdAt: Date;
  /** The channel of the stream or the video that it stands on; null for messages between people. */
  readonly channelId: ChannelId | null;
  readonly streamId: StreamId | null;
  readonly videoId: string | null;
}

export interface HeldContent {
  /** Held, or blocked: published at its place with its original time. Anything else stays as it is. */
  release(tx: Tx, contentId: string, how: { readonly at: Date }): Promise<void>;
  /** Held becomes `rejected`, published `removed`, both for good; blocked stays blocked. */
  hide(tx: Tx, contentId: string, how: { readonly at: Date }): Promise<void>;
  /** A decision was undone, or an appeal accepted: it is again what it was. */
  putBack(tx: Tx, contentId: string, to: ContentState, how: { readonly at: Date }): Promise<void>;
  /** Locks the text until the commit. Null: it is gone. */
  context(tx: Tx, contentId: string): Promise<ContentContext | null>;
}

/** One for each source of text. */
export type HeldContents = Readonly<Record<'live' | 'comment' | 'inboxMessage', HeldContent>>;
