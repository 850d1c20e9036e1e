import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type BodyInputOf, type BodyOf, channels, moderation } from '@virgil/contract';
import { call } from './call.ts';
import { pagesOf, queryClient, queryOf, refresh } from './queries.ts';

export const channelQuery = (id: string) => queryOf(channels.getChannel, { params: { id } });

export function useChannel(id: string) {
  return useQuery({ ...channelQuery(id), refetchInterval: 20_000 });
}

export function useChannels(filter: { q?: string | undefined; following?: boolean }, enabled = true) {
  return useInfiniteQuery({
    ...pagesOf(channels.listChannels, {
      query: { limit: 24, ...(filter.q ? { q: filter.q } : {}), ...(filter.following ? { following: 'true' } : {}) },
    }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Follows or stops following; both may be repeated. */
export async function setFollowing(id: string, following: boolean): Promise<void> {
  const channel = await call(following ? channels.follow : channels.unfollow, { params: { id } });
  queryClient.setQueryData(channelQuery(id).queryKey, channel);
  await refresh(channels.listChannels);
}

const GRANTS = {
  moderator: channels.moderatorGrants,
  vip: channels.vipGrants,
  patron: channels.patronGrants,
} as const satisfies Record<channels.GrantedRole, unknown>;

export function useMembers(id: string, filter: { role: channels.GrantedRole; q?: string | undefined }) {
  return useInfiniteQuery({
    ...pagesOf(channels.listMembers, {
      params: { id },
      query: { limit: 24, role: filter.role, ...(filter.q ? { q: filter.q } : {}) },
    }),
    placeholderData: keepPreviousData,
  });
}

export async function setMember(
  id: string,
  userId: string,
  role: channels.GrantedRole,
  member: boolean,
): Promise<void> {
  const pair = GRANTS[role];
  if (member) await call(pair.grant, { params: { id, userId } });
  else await call(pair.revoke, { params: { id, userId } });
  await refresh(channels.listMembers);
}

export const channelSettingsQuery = (id: string) => queryOf(channels.getChannelSettings, { params: { id } });

export async function updateChannelSettings(
  id: string,
  body: BodyInputOf<typeof channels.updateChannelSettings>,
): Promise<void> {
  const settings = await call(channels.updateChannelSettings, { params: { id }, body });
  queryClient.setQueryData(channelSettingsQuery(id).queryKey, settings);
  await refresh(channels.getChannel);
}

const thresholdsQuery = (id: string) => queryOf(moderation.getChannelThresholds, { params: { id } });

export function useChannelThresholds(id: string) {
  return useQuery(thresholdsQuery(id));
}

export async function saveChannelThresholds(
  id: string,
  body: BodyOf<typeof moderation.setChannelThresholds>,
): Promise<void> {
  const thresholds = await call(moderation.setChannelThresholds, { params: { id }, body });
  queryClient.setQueryData(thresholdsQuery(id).queryKey, thresholds);
}
