/** What people write to one another outside of chats, and whom they keep away. */
import type { NodeSignal } from '../db/node-signals.ts';
import { blockRoutes, hearOfBlocks } from '../features/blocks/index.ts';
import { commentCommands, commentRoutes, hearOfComments, spreadCount } from '../features/comments/index.ts';
import { hearOfMessages, messageRoutes, missedMessages, spreadMessage } from '../features/messages/index.ts';
import type { TextModeration } from '../features/moderation/index.ts';
import type { Realtime } from '../realtime/index.ts';
import type { CorrespondenceReactions } from '../subscriptions.ts';
import type { Ground } from './ground.ts';

interface Around {
  readonly realtime: Realtime;
  readonly moderation: TextModeration;
}

export function createCorrespondence({ clock, config, database }: Ground, { moderation, realtime }: Around) {
  const deps = { database, clock, realtime, moderation };
  const reactions: CorrespondenceReactions = {
    commentsChanged: (event) => spreadCount(deps, event.videoId),
    messageChanged: (event) => spreadMessage(deps, event.messageId),
  };
  return {
    bindings: [
      ...commentRoutes(deps),
      ...messageRoutes({ ...deps, rateLimits: config.rateLimits }),
      ...blockRoutes(deps),
    ],
    commands: commentCommands(deps),
    reactions,
    hear: (word: NodeSignal) =>
      Promise.all([hearOfComments(deps, word), hearOfMessages(deps, word), hearOfBlocks(deps, word)]),
    missed: (since: Date) => missedMessages(deps, since),
  };
}
