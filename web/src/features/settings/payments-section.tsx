import { Link } from '@tanstack/react-router';
import { payments } from '@virgil/contract';
import clsx from 'clsx';
import { Receipt, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOwnPayments } from '../../api/payments.ts';
import { itemsOf } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { paymentFor } from '../../ui/payment-words.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../ui/states.tsx';
import { useSearchWord } from '../../ui/use-search-word.ts';
import { Part } from './part.tsx';

type Payment = payments.Payment;

function Row({ payment }: { payment: Payment }): ReactNode {
  const { t } = useTranslation('payments');
  const { dateTime, moment, money } = useFormat();
  const { amount, createdAt, dispute, id, refunded, status } = payment;
  const isBack = refunded.amount > 0 && refunded.amount === amount.amount;
  const isGone = status === 'failed' || isBack || dispute === 'lost';
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-baseline gap-x-4 py-2.5 sm:grid-cols-[7rem_minmax(0,1fr)_auto]">
      <time dateTime={createdAt} title={dateTime(createdAt)} className="mono text-14 text-ink-3">
        {moment(createdAt)}
      </time>
      <div className="min-w-0">
        <Link to="/payments/$paymentId" params={{ paymentId: id }} className="text-ink [overflow-wrap:anywhere]">
          {paymentFor(payment, t)}
        </Link>
        <p className="text-14 text-ink-2">
          {isBack ? t('refunded') : t(`status.${status}`)}
          {refunded.amount > 0 && !isBack ? `, ${t('partRefunded', { amount: money(refunded) })}` : null}
          {dispute === 'none' ? null : `. ${t(`disputeOf.${dispute}`)}`}
        </p>
      </div>
      <span className={clsx('num', status === 'pending' && 'text-ink-2', isGone && 'text-ink-3 line-through')}>
        {money(amount)}
      </span>
    </li>
  );
}

/** What one paid or tried to pay, each line with its receipt. */
export function PaymentsSection(): ReactNode {
  const { t } = useTranslation('payments');
  const { text, setText, q } = useSearchWord();
  const [status, setStatus] = useState<payments.PaymentStatus | undefined>();
  const query = useOwnPayments({ q, status });
  const items = itemsOf(query.data);
  const isEmpty = query.isSuccess && query.data.pages[0]?.counts.all === 0;
  return (
    <Part title={t('title')} text={t('text')}>
      {isEmpty ? (
        <EmptyState icon={Receipt} title={t('none')} text={t('noneText')} className="py-2" />
      ) : (
        <>
          <div className="flex flex-wrap gap-3 border-b border-line pb-4">
            <SearchField label={t('search')} value={text} onChange={setText} className="min-w-0 grow basis-48" />
            <Select
              aria-label={t('show')}
              className="w-auto"
              value={status ?? ''}
              onChange={(event) => setStatus((event.target.value || undefined) as typeof status)}
            >
              <option value="">{t('all')}</option>
              {payments.paymentStatus.options.map((each) => (
                <option key={each} value={each}>
                  {t(`status.${each}`)}
                </option>
              ))}
            </Select>
          </div>
          <ListStates
            query={query}
            count={items.length}
            empty={
              <EmptyState icon={SearchX} title={t('noMatch')} text={t('noMatchText')}>
                <Button
                  onClick={() => {
                    setText('');
                    setStatus(undefined);
                  }}
                >
                  {t('desk.showAll')}
                </Button>
              </EmptyState>
            }
          >
            <ul className="rows">
              {items.map((payment) => (
                <Row key={payment.id} payment={payment} />
              ))}
            </ul>
          </ListStates>
        </>
      )}
    </Part>
  );
}
