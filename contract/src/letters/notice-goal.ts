/** Where a notice leads: the page of what it tells of. Each side makes its own address of it. */

export type NoticeGoal =
  | { readonly to: 'channel'; readonly id: string }
  | { readonly to: 'stream'; readonly id: string }
  | { readonly to: 'video'; readonly id: string }
  | { readonly to: 'conversation'; readonly id: string }
  | { readonly to: 'dossier'; readonly id: string }
  | { readonly to: 'statement'; readonly id: string }
  | { readonly to: 'payment'; readonly id: string }
  | { readonly to: 'answer'; readonly id: string }
  | { readonly to: 'notice'; readonly id: string }
  | { readonly to: 'noticeDesk'; readonly id: string }
  | { readonly to: 'agent' }
  | { readonly to: 'appeals' }
  | { readonly to: 'appealDesk'; readonly id: string }
  | { readonly to: 'escalation'; readonly id: string }
  | { readonly to: 'security' }
  | { readonly to: 'data' }
  | { readonly to: 'subscriptions' }
  | { readonly to: 'earnings' }
  | { readonly to: 'books' };

const LEADS_TO_APPEALS: ReadonlySet<string> = new Set([
  'penalty_issued',
  'strike_ended',
  'appeal_submitted',
  'appeal_accepted',
  'appeal_denied',
  'appeal_question',
]);

const FOR_ADMINS: ReadonlySet<string> = new Set(['dmca.received', 'dmca.late', 'dmca.breach']);

type Facts = Readonly<Record<string, string>>;

export function noticeGoal({ data, kind }: { readonly kind: string; readonly data: Facts }): NoticeGoal | null {
  if (kind.startsWith('subscription.')) return { to: 'subscriptions' };
  if (kind.startsWith('payment.') && data.paymentId) return { to: 'payment', id: data.paymentId };
  if (kind === 'patronage.new' || kind.startsWith('earnings.') || kind.startsWith('payout.')) return { to: 'earnings' };
  if (kind === 'ledger.broken') return { to: 'books' };
  if (kind === 'dmca.approved' && data.noticeId) return { to: 'answer', id: data.noticeId };
  // Every notice of a statement of reasons leads to it: there stands what the letter leaves out.
  if (data.statementId) return { to: 'statement', id: data.statementId };
  if (kind.endsWith('_blocked') || LEADS_TO_APPEALS.has(kind)) return { to: 'appeals' };
  if (kind === 'appeal_answer' && data.appealId) return { to: 'appealDesk', id: data.appealId };
  if (kind === 'strikes_escalated' && data.escalationId) return { to: 'escalation', id: data.escalationId };
  // Older ones name the person alone.
  if (kind === 'strikes_escalated' && data.personId) return { to: 'dossier', id: data.personId };
  if (kind === 'dmca.agent_renewal') return { to: 'agent' };
  if (kind.startsWith('dmca.') && data.noticeId) {
    return { to: FOR_ADMINS.has(kind) ? 'noticeDesk' : 'notice', id: data.noticeId };
  }
  if (kind === 'reset_link_issued') return { to: 'security' };
  if (kind === 'export_ready' || kind.startsWith('erasure_')) return { to: 'data' };
  if (data.videoId) return { to: 'video', id: data.videoId };
  if (kind.startsWith('direct_message_') && data.toUserId) return { to: 'conversation', id: data.toUserId };
  if (data.streamId) return { to: 'stream', id: data.streamId };
  if (data.channelId) return { to: 'channel', id: data.channelId };
  // A letter that names Appeals Center leads there, when nothing nearer is known.
  if (/_(held|held_self_harm|approved)$/.test(kind)) return { to: 'appeals' };
  return null;
}
