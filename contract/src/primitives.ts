/** Shapes that every noun uses: ids, times, money, lists. */
import { z } from 'zod';

/** Opaque, at most 64 characters. Ours are UUIDv7; a client must not read anything into them. */
const opaque = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);

export const userId = opaque.brand<'UserId'>();
export type UserId = z.infer<typeof userId>;
/** A creator's channel id is the creator's profile id. */
export const channelId = opaque.brand<'ChannelId'>();
export type ChannelId = z.infer<typeof channelId>;
export const streamId = opaque.brand<'StreamId'>();
export type StreamId = z.infer<typeof streamId>;
export const messageId = opaque.brand<'MessageId'>();
export type MessageId = z.infer<typeof messageId>;
export const commentId = opaque.brand<'CommentId'>();
export type CommentId = z.infer<typeof commentId>;
export const directMessageId = opaque.brand<'DirectMessageId'>();
export type DirectMessageId = z.infer<typeof directMessageId>;
export const videoId = opaque.brand<'VideoId'>();
export type VideoId = z.infer<typeof videoId>;
export const notificationId = opaque.brand<'NotificationId'>();
export type NotificationId = z.infer<typeof notificationId>;
export const reportId = opaque.brand<'ReportId'>();
export type ReportId = z.infer<typeof reportId>;
export const dmcaNoticeId = opaque.brand<'DmcaNoticeId'>();
export type DmcaNoticeId = z.infer<typeof dmcaNoticeId>;
export const statementId = opaque.brand<'StatementId'>();
export type StatementId = z.infer<typeof statementId>;
export const exportId = opaque.brand<'ExportId'>();
export type ExportId = z.infer<typeof exportId>;
export const holdId = opaque.brand<'HoldId'>();
export type HoldId = z.infer<typeof holdId>;

/** What a client calls something it sends, so that sending it again finds the first: printable ASCII, such as a UUID. */
export const clientId = z.string().regex(/^[\x21-\x7e]{1,64}$/);

/** ISO 8601 in UTC, with milliseconds. */
export const instant = z.iso.datetime();

/** Integer minor units and an ISO 4217 code. */
export const currency = z.enum(['USD', 'EUR', 'GBP']);
export const money = z.object({ amount: z.int(), currency });
export type Money = z.infer<typeof money>;

/** Made by the client, once for what it wants to happen once: printable ASCII, such as a UUID. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{8,100}$/);

export const realm = z.enum(['inferno', 'purgatorio', 'paradiso']);
export type Realm = z.infer<typeof realm>;
export const tier = z.enum(['free', 'pro', 'premium']);
export type Tier = z.infer<typeof tier>;
export const platformRole = z.enum(['user', 'moderator', 'admin']);
export type PlatformRole = z.infer<typeof platformRole>;
export const language = z.enum(['en', 'de']);
export type Language = z.infer<typeof language>;
/** What a person is on one channel. `guest` is not signed in, `viewer` is signed in and nothing more. */
export const channelRole = z.enum(['owner', 'moderator', 'vip', 'patron', 'follower', 'viewer', 'guest']);
export type ChannelRole = z.infer<typeof channelRole>;
/** Shown beside a name in chat. `staff` is the platform's own moderators and admins. */
export const badge = z.enum(['owner', 'moderator', 'vip', 'patron', 'staff']);
export type Badge = z.infer<typeof badge>;

/**
 * Well-formed Unicode (no lone surrogates) without control characters other than tab and line feed.
 * Length is counted in code points after trimming.
 */
export function text(min: number, max: number) {
  return (
    z
      .string()
      .max(max * 4 + 1024, 'too long')
      .transform((value) => value.trim())
      .refine((value) => value.isWellFormed(), 'holds half of a surrogate pair')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
      .refine((value) => !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(value), 'holds control characters')
      .refine((value) => codePoints(value) >= min, `at least ${min} characters`)
      .refine((value) => codePoints(value) <= max, `at most ${max} characters`)
      // JSON Schema counts code points, as we do.
      .meta({ minLength: min, maxLength: max })
  );
}

/**
 * The same on one line: names and titles stand within sentences of letters, where a line feed would begin a paragraph
 * that reads as the platform's own.
 */
export function line(min: number, max: number) {
  return text(min, max)
    .refine((value) => !/[\t\n\u2028\u2029]/.test(value), 'is more than one line')
    .meta({ minLength: min, maxLength: max });
}

export function codePoints(value: string): number {
  let count = 0;
  for (const _ of value) count++;
  return count;
}

/** Paging by opaque cursor. `limit` above the maximum is refused, not clipped. */
export function paging(max = 100) {
  return {
    limit: z.coerce.number().int().min(1).max(max).default(Math.min(50, max)),
    cursor: z.string().max(200).optional(),
  };
}

export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** A person as others see them. */
export const person = z.object({
  id: userId,
  displayName: z.string(),
  avatarUrl: z.string().nullable(),
});
export type Person = z.infer<typeof person>;
