/** Deferred work of timeouts and channel bans, by name. */
import { z } from 'zod';

export const END_TIMEOUT = 'timeout.end';
export const END_CHANNEL_BAN = 'channel-ban.end';
export const endPayload = z.object({ id: z.string() });
