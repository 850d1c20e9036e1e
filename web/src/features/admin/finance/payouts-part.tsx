import type { payments } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllPayouts } from '../../../api/payments.ts';
import { itemsOf } from '../../../api/queries.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { DESK_ROW, DeskList, DeskMoment, DeskSearch, PersonLink } from './desk-parts.tsx';

type Payout = payments.AdminPayout;
const STATES = ['requested', 'sent', 'paid', 'failed'] as const;

function Row({ payout }: { payout: Payout }): ReactNode {
  const { t } = useTranslation('payments');
  const { money } = useFormat();
  const { amount, createdAt, creator, failure, id, payoutId, status } = payout;
  return (
    <li className={DESK_ROW}>
      <DeskMoment at={createdAt} />
      <div className="min-w-0">
        <p className="[overflow-wrap:anywhere]">
          {t('desk.to')} <PersonLink person={creator} />
        </p>
        <p className={status === 'failed' ? 'text-bad' : 'text-ink-2'}>
          {t(`payout.status.${status}`)}
          {failure ? <span className="mono text-14">, {failure}</span> : null}
        </p>
        <p className="mono text-13 text-ink-3 [overflow-wrap:anywhere]">{payoutId ?? id}</p>
      </div>
      <span className="num text-right font-[620] whitespace-nowrap">{money(amount)}</span>
    </li>
  );
}

/** Everybody's payouts. */
export function PayoutsPart(): ReactNode {
  const { t } = useTranslation('payments');
  const { text, setText, q } = useSearchWord();
  const [status, setStatus] = useState<Payout['status'] | undefined>();
  const query = useAllPayouts({ q, status });
  const items = itemsOf(query.data);
  return (
    <>
      <DeskSearch
        text={text}
        setText={setText}
        status={status}
        setStatus={setStatus}
        choices={STATES.map((value) => ({ value, label: t(`payout.status.${value}`) }))}
        counts={query.data?.pages[0]?.counts}
      />
      <DeskList
        query={query}
        count={items.length}
        none={{ title: t('desk.noPayouts'), text: t('desk.noPayoutsText') }}
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
          {items.map((payout) => (
            <Row key={payout.id} payout={payout} />
          ))}
        </ul>
      </DeskList>
    </>
  );
}
