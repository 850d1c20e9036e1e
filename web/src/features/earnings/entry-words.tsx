import { Link } from '@tanstack/react-router';
import type { EarningsEntry } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';

const MINUTE_CENTS = 10;

/** What an entry was, in words; what a person wrote with a tip stands below in their own voice. */
export function EntryWords({ entry }: { entry: EarningsEntry }): ReactNode {
  const { t } = useTranslation('earnings');
  const { dateTime, money, number } = useFormat();
  const { held, kind, stream, tip, yours } = entry;
  const from = tip?.from ?? '';
  const isTip = tip !== null;

  function words(): string {
    switch (kind) {
      case 'tip':
        return t(isTip ? 'entry.tip' : 'entry.tipUnknown', { from });
      case 'patronage':
        return t('entry.patronage');
      case 'bonus': {
        const minutes = Math.round(yours.amount / MINUTE_CENTS);
        return t('entry.bonus', { count: minutes, minutes: number(minutes) });
      }
      case 'refund':
        return t(isTip ? 'entry.refundTip' : 'entry.refund', { from });
      case 'dispute':
        return t(isTip ? 'entry.disputeTip' : 'entry.dispute', { from });
      case 'dispute_won':
        return t('entry.disputeWon', { from });
      case 'dispute_lost':
        return t(isTip ? 'entry.disputeLostTip' : 'entry.disputeLost', { from });
      case 'dispute_fee':
        return t('entry.disputeFee');
      case 'payout':
      case 'payout_paid':
        return t('entry.payout');
      case 'payout_failed':
        return t('entry.payoutFailed');
      case 'reversal':
        return t('entry.reversal');
      case 'tier':
      case 'release':
      case 'provider_fee':
        return t('entry.other');
    }
  }

  const takesBack = kind !== 'tip' && tip !== null;
  return (
    <>
      <span dir="auto">{words()}</span>
      {stream ? (
        <>
          {', '}
          <Link to="/watch/$streamId" params={{ streamId: stream.id }} className="text-ink-2" dir="auto">
            {stream.title}
          </Link>
        </>
      ) : null}
      {takesBack ? <span className="text-ink-3"> {t('entry.concerns', { when: dateTime(tip.at) })}</span> : null}
      {held !== null && held.amount !== 0 ? (
        <span className="text-ink-3">
          {' '}
          {t(held.amount > 0 ? 'entry.held' : 'entry.unheld', {
            amount: money({ ...held, amount: Math.abs(held.amount) }),
          })}
        </span>
      ) : null}
      {kind === 'tip' && tip?.message ? (
        <p className="voice mt-0.5 text-18 text-ink" dir="auto">
          {tip.message}
        </p>
      ) : null}
    </>
  );
}
