/** What admins hear in their inbox: that something waits, or that a clock ran out. */
import type { UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { notifyAll } from '../notifications/index.ts';
import { adminIds } from './store.ts';

export type AdminNotice =
  | { readonly kind: 'dmca.received'; readonly noticeId: string; readonly title: string; readonly at: Date }
  | { readonly kind: 'dmca.late' | 'dmca.breach'; readonly noticeId: string; readonly title: string; readonly at: Date }
  | { readonly kind: 'dmca.agent_renewal'; readonly renewBy: string; readonly at: Date };

export async function tellAdmins(tx: Tx, notice: AdminNotice): Promise<void> {
  const { at, kind, ...facts } = notice;
  const data: Record<string, string> = 'renewBy' in facts ? { renewBy: facts.renewBy } : { ...facts };
  const text = textOf(notice);
  const ids = await adminIds(tx);
  await notifyAll(
    tx,
    ids.map((userId: UserId) => ({ userId, sentBy: null, kind, text, data, at })),
  );
}

function textOf(notice: AdminNotice): string {
  switch (notice.kind) {
    case 'dmca.received':
      return `A notice of claimed infringement waits for a decision: “${notice.title}”.`;
    case 'dmca.late':
      return (
        `“${notice.title}” should have been put back after a counter-notice and was not. The twelfth business day is ` +
        'over; the law allows fourteen.'
      );
    case 'dmca.breach':
      return (
        `“${notice.title}” was not put back within fourteen business days after a counter-notice. The protection of ` +
        '17 U.S.C. § 512(g) towards its creator is at risk.'
      );
    case 'dmca.agent_renewal':
      return `The registration of the designated agent ends on ${notice.renewBy}. Renew it with the Copyright Office.`;
  }
}
