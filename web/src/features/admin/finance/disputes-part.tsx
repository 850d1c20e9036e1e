import type { payments } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDisputes } from '../../../api/payments.ts';
import { itemsOf } from '../../../api/queries.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { DESK_ROW, DeskList, DeskMoment, DeskSearch, PersonLink } from './desk-parts.tsx';

type Dispute = payments.Dispute;
const STATES = ['open', 'won', 'lost'] as const;

function Row({ dispute }: { dispute: Dispute }): ReactNode {
  const { t } = useTranslation('payments');
  const { money } = useFormat();
  const { amount, closedAt, fee, openedAt, payee, payer, paymentId, reason, status } = dispute;
  return (
    <li className={DESK_ROW}>
      <DeskMoment at={closedAt ?? openedAt} />
      <div className="min-w-0">
        <p className="[overflow-wrap:anywhere]">
          <PersonLink person={payer} /> → {payee ? <PersonLink person={payee} /> : t('desk.platform')}
        </p>
        <p className="flex flex-wrap gap-x-3 text-ink-2">
          <span className={status === 'won' ? undefined : 'font-[620] text-warn'}>
            {t(`desk.disputeStatus.${status}`)}
          </span>
          <span className="mono text-14">{reason}</span>
          {fee.amount > 0 && status === 'lost' ? <span>{t('desk.fee', { amount: money(fee) })}</span> : null}
        </p>
        <p className="mono text-13 text-ink-3 [overflow-wrap:anywhere]">{paymentId}</p>
      </div>
      <span className="num text-right font-[620] whitespace-nowrap">{money(amount)}</span>
    </li>
  );
}

/** Payments that a payer's bank contests. */
export function DisputesPart(): ReactNode {
  const { t } = useTranslation('payments');
  const { text, setText, q } = useSearchWord();
  const [status, setStatus] = useState<Dispute['status'] | undefined>();
  const query = useDisputes({ q, status });
  const items = itemsOf(query.data);
  return (
    <>
      <p className="mb-4 max-w-[66ch] text-ink-2">{t('desk.disputeText')}</p>
      <DeskSearch
        text={text}
        setText={setText}
        status={status}
        setStatus={setStatus}
        choices={STATES.map((value) => ({ value, label: t(`desk.disputeStatus.${value}`) }))}
        counts={query.data?.pages[0]?.counts}
      />
      <DeskList
        query={query}
        count={items.length}
        none={{ title: t('desk.noDisputes'), text: t('desk.noDisputesText') }}
        onShowAll={
          q || status
            ? () => {
                setText('');
                setStatus(undefined);
              }
            : null
        }
      >
        <ul className="border-t border-line">
          {items.map((dispute) => (
            <Row key={dispute.id} dispute={dispute} />
          ))}
        </ul>
      </DeskList>
    </>
  );
}
