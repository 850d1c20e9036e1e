/** What the creator hears about a notice beside the statement of reasons, which the take-down itself writes. */
import type { UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { notify } from '../notifications/index.ts';
import type { Notice } from './store.ts';

export interface CreatorNotice {
  readonly kind: 'dmca.rejected' | 'dmca.counter_received' | 'dmca.court_action' | 'dmca.restored' | 'dmca.retracted';
  readonly at: Date;
  /** Null: the system, or a claimant without an account. */
  readonly sentBy: UserId | null;
  readonly data: Readonly<Record<string, string>>;
}

/** Nothing when the creator is gone. */
export async function tellCreator(tx: Tx, notice: Notice, { at, data, kind, sentBy }: CreatorNotice): Promise<void> {
  const { claimantName, id, targetOwnerId, targetTitle } = notice;
  if (targetOwnerId === null) return;
  const facts = { ...data, noticeId: id, targetTitle, claimant: claimantName };
  await notify(tx, { userId: targetOwnerId as UserId, sentBy, kind, text: textOf(kind, facts), data: facts, at });
}

const withFullStop = (text: string): string => `${text.replace(/\.+$/, '')}.`;
const OPEN_AGAIN = 'Fewer than three strikes are active, so your account is open again.';

function textOf(kind: CreatorNotice['kind'], data: Readonly<Record<string, string>>): string {
  const title = `“${data.targetTitle}”`;
  const after = [
    ...(data.strikeLifted === 'true' ? ['The strike is lifted.'] : []),
    ...(data.accountOpen === 'true' ? [OPEN_AGAIN] : []),
  ].join(' ');
  switch (kind) {
    case 'dmca.rejected':
      return (
        `${data.claimant} sent a notice of claimed infringement about ${title}. It was rejected; nothing changes for ` +
        `you. Reason: ${withFullStop(data.reason ?? '')}`
      );
    case 'dmca.counter_received':
      return data.putBackAt === undefined
        ? `Your counter-notice about ${title} arrived, and the claimant has a copy. It stays down while the claimant’s court action runs.`
        : `Your counter-notice about ${title} arrived, and the claimant has a copy. It comes back on ${dayOf(data.putBackAt)} unless the claimant goes to court before.`;
    case 'dmca.court_action':
      return `${data.claimant} reported a court action about ${title}: ${data.court}, ${data.reference}. It stays down until the court has decided.`;
    case 'dmca.restored':
      return [`${title} is back where it was.`, after].filter((part) => part !== '').join(' ');
    case 'dmca.retracted':
      return [`${data.claimant} retracted the notice about ${title}. What was removed for it alone is back.`, after]
        .filter((part) => part !== '')
        .join(' ');
  }
}

/** 18 February 2027, 05:00 UTC */
function dayOf(iso: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(new Date(iso))} UTC`;
}
