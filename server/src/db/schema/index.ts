/** Every table, as Drizzle knows it. The applied truth is in `../migrations`; a test holds the two together. */
export { channelMembers, channels, follows, streamKeys } from './channels.ts';
export { jobs } from './jobs.ts';
export {
  livestreams,
  NO_CHAT_MODES,
  type StoredChatModes,
  streamReactions,
  streamVisits,
  videos,
} from './livestreams.ts';
export { notifications } from './notifications.ts';
export { auditOutbox, outbox, outboxDeliveries } from './outbox.ts';
export { profiles, setupTokens } from './profiles.ts';
export { reports, reportVoices } from './reports.ts';
export { adminPenalties, bannedViewers, timedOutUsers } from './sanctions.ts';
export { platformSettings } from './settings.ts';
export { streamMessages } from './stream-messages.ts';
