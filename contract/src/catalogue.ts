/** Every operation, command and broadcast there is, collected from the nouns. */
import * as accounts from './accounts.ts';
import * as appealDesk from './appeal-desk.ts';
import * as appeals from './appeals.ts';
import * as audit from './audit.ts';
import * as blocks from './blocks.ts';
import * as channels from './channels.ts';
import * as chat from './chat.ts';
import * as comments from './comments.ts';
import * as connections from './connections.ts';
import * as desk from './desk.ts';
import * as dmca from './dmca.ts';
import * as dossiers from './dossiers.ts';
import * as escalations from './escalations.ts';
import * as instance from './instance.ts';
import * as ledger from './ledger.ts';
import * as livestreams from './livestreams.ts';
import * as mails from './mails.ts';
import * as messages from './messages.ts';
import * as moderation from './moderation.ts';
import * as notifications from './notifications.ts';
import type { Operation } from './operations.ts';
import * as payments from './payments.ts';
import * as penalties from './penalties.ts';
import * as policies from './policies.ts';
import * as privacy from './privacy.ts';
import * as reports from './reports.ts';
import * as review from './review.ts';
import type { Broadcast, Command } from './socket-events.ts';
import * as statements from './statements.ts';
import * as strikes from './strikes.ts';
import * as subscriptions from './subscriptions.ts';
import * as testing from './testing.ts';
import * as tips from './tips.ts';
import * as transparency from './transparency.ts';
import * as videos from './videos.ts';

const nouns = [
  accounts,
  appealDesk,
  appeals,
  audit,
  blocks,
  channels,
  comments,
  desk,
  dmca,
  dossiers,
  escalations,
  instance,
  ledger,
  livestreams,
  mails,
  messages,
  moderation,
  notifications,
  payments,
  penalties,
  policies,
  privacy,
  reports,
  review,
  statements,
  strikes,
  subscriptions,
  tips,
  transparency,
  videos,
  testing,
] as const;

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'who' in value;
}

export const OPERATIONS: readonly Operation[] = [
  ...nouns.flatMap((noun) => Object.values(noun).filter(isOperation)),
  ...[channels.moderatorGrants, channels.vipGrants, channels.patronGrants].flatMap((pair) => [pair.grant, pair.revoke]),
];

export const COMMANDS: readonly Command[] = [
  chat.joinStream,
  chat.leaveStream,
  chat.sendChatMessage,
  chat.react,
  comments.watchComments,
  comments.unwatchComments,
  tips.sendTip,
  desk.watchQueue,
];

export const BROADCASTS: readonly Broadcast[] = [
  chat.chatMessageSent,
  chat.chatStanding,
  chat.messageRemoved,
  chat.userCleared,
  chat.chatCleared,
  chat.chatModesChanged,
  chat.reactionsCounted,
  comments.commentsCounted,
  messages.directMessageSent,
  messages.directMessagesGone,
  messages.directMessagesRead,
  blocks.hiddenPeopleChanged,
  tips.tipShown,
  livestreams.streamState,
  livestreams.viewerCount,
  notifications.notificationSent,
  notifications.inboxChanged,
  appeals.appealChanged,
  desk.moderation,
  connections.commandRefused,
  connections.sessionEnded,
];
