/** A creator's permanent place, its people and its settings. */
import { z } from 'zod';
import { livestreamSummary } from './livestream-shapes.ts';
import { operation } from './operations.ts';
import {
  channelId,
  channelRole,
  currency,
  instant,
  listOf,
  money,
  paging,
  person,
  realm,
  text,
  userId,
} from './primitives.ts';

export const channel = z.object({
  id: channelId,
  displayName: z.string(),
  avatarUrl: z.string().nullable(),
  description: z.string(),
  defaultRealm: realm,
  followers: z.int().nonnegative(),
  live: livestreamSummary.nullable(),
  me: z.object({ role: channelRole, following: z.boolean() }),
});
export type Channel = z.infer<typeof channel>;

const channelParams = z.strictObject({ id: channelId });
const memberParams = z.strictObject({ id: channelId, userId });

export const listChannels = operation({
  id: 'channels.list',
  method: 'GET',
  path: '/api/v1/channels',
  who: 'anyone',
  scope: 'read',
  summary: 'Channels by name, or with `following=true` those the signed-in person follows; live ones first.',
  query: z.strictObject({
    ...paging(),
    q: z.string().max(100).optional(),
    following: z.stringbool().optional(),
  }),
  output: listOf(channel),
  errors: ['sign_in_required'],
});

export const getChannel = operation({
  id: 'channels.get',
  method: 'GET',
  path: '/api/v1/channels/:id',
  who: 'anyone',
  scope: 'read',
  summary: 'One channel: who it is, whether it is live, what the caller is there.',
  params: channelParams,
  output: channel,
  errors: ['not_found'],
});

export const follow = operation({
  id: 'channels.follow',
  method: 'PUT',
  path: '/api/v1/channels/:id/follow',
  who: 'signed-in',
  scope: 'account',
  summary: 'Follow a channel; repeating it changes nothing.',
  params: channelParams,
  output: channel,
  audit: 'CHANNEL_FOLLOWED',
  errors: ['sign_in_required', 'not_found', 'own_content'],
});

export const unfollow = operation({
  id: 'channels.unfollow',
  method: 'DELETE',
  path: '/api/v1/channels/:id/follow',
  who: 'signed-in',
  scope: 'account',
  summary: 'Stop following a channel; repeating it changes nothing.',
  params: channelParams,
  output: channel,
  audit: 'CHANNEL_UNFOLLOWED',
  errors: ['sign_in_required', 'not_found'],
});

/** Roles an owner grants by hand. */
export const grantedRole = z.enum(['moderator', 'vip', 'patron']);
export type GrantedRole = z.infer<typeof grantedRole>;

/** `paid`: a patron by payment, which the owner can neither grant nor take back; the same person may be both. */
export const member = z.object({ person, role: grantedRole, paid: z.boolean(), since: instant });
export type Member = z.infer<typeof member>;

export const listMembers = operation({
  id: 'channels.listMembers',
  method: 'GET',
  path: '/api/v1/channels/:id/members',
  who: 'signed-in',
  scope: 'read',
  summary: 'Moderators, VIPs and patrons of a channel; for its owner, its moderators and admins.',
  params: channelParams,
  query: z.strictObject({ ...paging(), role: grantedRole.optional(), q: z.string().max(100).optional() }),
  output: listOf(member),
  errors: ['sign_in_required', 'not_found', 'not_allowed'],
});

function grants(role: GrantedRole, plural: string) {
  return {
    grant: operation({
      id: `channels.grant.${role}`,
      method: 'PUT',
      path: `/api/v1/channels/:id/${plural}/:userId`,
      who: 'signed-in',
      scope: 'account',
      summary: `The owner makes someone a ${role} of the channel; repeating it changes nothing.`,
      params: memberParams,
      output: member,
      audit: 'CHANNEL_ROLE_GRANTED',
      errors: ['sign_in_required', 'not_found', 'not_allowed', 'own_content'],
    }),
    revoke: operation({
      id: `channels.revoke.${role}`,
      method: 'DELETE',
      path: `/api/v1/channels/:id/${plural}/:userId`,
      who: 'signed-in',
      scope: 'account',
      summary: `The owner takes the ${role} role back; repeating it changes nothing.`,
      params: memberParams,
      audit: 'CHANNEL_ROLE_REVOKED',
      errors: ['sign_in_required', 'not_found', 'not_allowed'],
    }),
  };
}
export const moderatorGrants = grants('moderator', 'moderators');
export const vipGrants = grants('vip', 'vips');
export const patronGrants = grants('patron', 'patrons');

export const channelSettings = z.object({
  description: z.string(),
  defaultTitle: z.string(),
  defaultRealm: realm,
  defaultCategory: z.string(),
  /** Keep a recording of each stream as a video. */
  record: z.boolean(),
  /** What a month as a patron costs; null: it is not offered. */
  patronPrice: money.nullable(),
});
export type ChannelSettings = z.infer<typeof channelSettings>;

export const getChannelSettings = operation({
  id: 'channels.getSettings',
  method: 'GET',
  path: '/api/v1/channels/:id/settings',
  who: 'signed-in',
  scope: 'read',
  summary: 'The owner’s settings of a channel.',
  params: channelParams,
  output: channelSettings,
  errors: ['sign_in_required', 'not_found', 'not_allowed'],
});

export const updateChannelSettings = operation({
  id: 'channels.updateSettings',
  method: 'PATCH',
  path: '/api/v1/channels/:id/settings',
  who: 'signed-in',
  scope: 'account',
  summary: 'Change the settings of one’s own channel.',
  params: channelParams,
  body: z.strictObject({
    description: text(0, 1000).optional(),
    defaultTitle: text(0, 140).optional(),
    defaultRealm: realm.optional(),
    defaultCategory: text(0, 40).optional(),
    record: z.boolean().optional(),
    /**
     * 1.00–100.00 a month, or null to stop offering it. Who pays already is told: less counts from the next payment,
     * more only 14 days later, and with null they stay to the end of what they paid.
     */
    patronPrice: z
      .strictObject({ amount: z.int().min(100).max(10_000), currency })
      .nullable()
      .optional(),
  }),
  output: channelSettings,
  audit: 'CHANNEL_SETTINGS_UPDATED',
  errors: ['sign_in_required', 'not_found', 'not_allowed'],
});
