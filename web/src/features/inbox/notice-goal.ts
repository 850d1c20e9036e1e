import type { notifications } from '@virgil/contract';

export type NoticeGoal =
  | { readonly to: 'channel'; readonly id: string }
  | { readonly to: 'stream'; readonly id: string }
  | { readonly to: 'appeals' }
  | { readonly to: 'security' }
  | { readonly to: 'data' };

/** Where a notice leads. */
export function noticeGoal({ kind, data }: Pick<notifications.Notification, 'kind' | 'data'>): NoticeGoal | null {
  if (kind === 'message_blocked') return { to: 'appeals' };
  if (kind === 'reset_link_issued') return { to: 'security' };
  if (kind === 'export_ready' || kind.startsWith('erasure_')) return { to: 'data' };
  if (data.streamId) return { to: 'stream', id: data.streamId };
  if (data.channelId) return { to: 'channel', id: data.channelId };
  return null;
}
