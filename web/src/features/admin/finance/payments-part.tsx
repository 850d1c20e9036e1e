import { payments } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllPayments } from '../../../api/payments.ts';
import { itemsOf } from '../../../api/queries.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { DESK_ROW, DeskList, DeskMoment, DeskSearch, PersonLink } from './desk-parts.tsx';
import { RefundDialog } from './refund-dialog.tsx';

type Payment = payments.AdminPayment;

function State({ payment }: { payment: Payment }): ReactNode {
  const { t } = useTranslation('payments');
  const { dispute, failure, payerDisputes, status } = payment;
  return (
    <p className="flex flex-wrap gap-x-3 text-ink-2">
      <span className={status === 'failed' ? 'text-bad' : undefined}>
        {t(`status.${status}`)}
        {failure ? `, ${t(`desk.failure.${failure}`)}` : null}
      </span>
      {dispute === 'none' ? null : (
        <span className={dispute === 'won' ? undefined : 'font-[620] text-warn'}>
          {t(`desk.disputeState.${dispute}`)}
        </span>
      )}
      {payerDisputes > 0 ? <span className="text-warn">{t('desk.disputed', { count: payerDisputes })}</span> : null}
    </p>
  );
}

function Refunds({ payment }: { payment: Payment }): ReactNode {
  const { t } = useTranslation('payments');
  const { money } = useFormat();
  return payment.refunds.map((refund) => (
    <p key={refund.at} className="text-14 text-ink-2 [overflow-wrap:anywhere]">
      {t('desk.refundLine', { amount: money(refund.amount), state: t(`refundState.${refund.status}`) })},{' '}
      {refund.by
        ? t('desk.refundBy', { name: refund.by.displayName, reason: refund.reason })
        : t('desk.refundByProvider')}
    </p>
  ));
}

function Row({ payment, onRefund }: { payment: Payment; onRefund: () => void }): ReactNode {
  const { t } = useTranslation('payments');
  const { money } = useFormat();
  const { amount, createdAt, id, payee, payer, refundable } = payment;
  return (
    <li className={DESK_ROW}>
      <DeskMoment at={createdAt} />
      <div className="min-w-0">
        <p className="[overflow-wrap:anywhere]">
          <PersonLink person={payer} /> →{' '}
          {payment.purpose === 'tier' ? t('desk.platform') : <PersonLink person={payee} />}
          <span className="text-ink-2">, {t(`desk.purpose.${payment.purpose}`)}</span>
        </p>
        <State payment={payment} />
        <Refunds payment={payment} />
        <p className="mono text-13 text-ink-3 [overflow-wrap:anywhere]">{id}</p>
      </div>
      <span className="num text-right font-[620] whitespace-nowrap">{money(amount)}</span>
      <div className="col-span-2 md:col-span-1 md:text-right">
        {refundable.amount > 0 ? (
          <Button small onClick={onRefund}>
            {t('desk.refund')}
            <span className="sr-only">: {t('desk.refundOf', { name: payer?.displayName ?? t('desk.gone') })}</span>
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** Everybody's payments; each can be given back. */
export function PaymentsPart(): ReactNode {
  const { t } = useTranslation('payments');
  const { text, setText, q } = useSearchWord();
  const [status, setStatus] = useState<payments.PaymentStatus | undefined>();
  const [asked, setAsked] = useState<Payment | null>(null);
  const query = useAllPayments({ q, status });
  const items = itemsOf(query.data);
  return (
    <>
      <DeskSearch
        text={text}
        setText={setText}
        status={status}
        setStatus={setStatus}
        choices={payments.paymentStatus.options.map((value) => ({ value, label: t(`status.${value}`) }))}
        counts={query.data?.pages[0]?.counts}
      />
      <DeskList
        query={query}
        count={items.length}
        none={{ title: t('desk.none'), text: t('desk.noneText') }}
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
          {items.map((payment) => (
            <Row key={payment.id} payment={payment} onRefund={() => setAsked(payment)} />
          ))}
        </ul>
      </DeskList>
      {asked ? <RefundDialog payment={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}
