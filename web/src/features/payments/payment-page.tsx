import { Link, useParams } from '@tanstack/react-router';
import type { payments } from '@virgil/contract';
import { CircleCheck, CircleX, Clock, Printer, Receipt } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { usePayment } from '../../api/payments.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { paymentFor } from '../../ui/payment-words.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';

type Payment = payments.Payment;

const icon = { 'aria-hidden': true, size: 26, strokeWidth: 1.5 } as const;
const MARKS = {
  pending: <Clock {...icon} className="mt-1 flex-none text-ink-3" />,
  paid: <CircleCheck {...icon} className="mt-1 flex-none text-good" />,
  failed: <CircleX {...icon} className="mt-1 flex-none text-bad" />,
} as const;

function Head({ payment }: { payment: Payment }): ReactNode {
  const { t } = useTranslation('payments');
  const { money } = useFormat();
  const { checkoutUrl, failure, status } = payment;
  const amount = money(payment.amount);
  const waits = status === 'pending' && checkoutUrl === null ? 'onTheWay' : status;
  return (
    <div className="flex gap-3 border-b-[length:var(--spine)] border-ink pb-6" role="status">
      {MARKS[status]}
      <div className="grid gap-2">
        <h1 className="text-27">{t(`page.${waits}`, { amount })}</h1>
        {waits === 'pending' ? <p className="text-ink-2">{t('page.pendingText')}</p> : null}
        {waits === 'onTheWay' ? <p className="text-ink-2">{t('page.onTheWayText')}</p> : null}
        {status === 'failed' ? <p className="text-ink-2">{t(`page.failure.${failure ?? 'declined'}`)}</p> : null}
        {status === 'pending' && checkoutUrl ? (
          <Button look="main" asChild className="mt-2 justify-self-start">
            <a href={checkoutUrl}>{t('page.toPage')}</a>
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 border-b border-line py-2 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

function Facts({ payment }: { payment: Payment }): ReactNode {
  const { t } = useTranslation('payments');
  const { date, dateTime, money, time } = useFormat();
  const { amount, createdAt, dispute, id, paidAt, payee, provider, refunds } = payment;
  return (
    <dl className="mt-4">
      <Fact name={t('fact.what')}>
        {payee ? (
          <Link to="/c/$channelId" params={{ channelId: payee.id }} className="text-ink">
            {paymentFor(payment, t)}
          </Link>
        ) : (
          paymentFor(payment, t)
        )}
      </Fact>
      <Fact name={t('fact.amount')}>
        <span className="num">{money(amount)}</span>
      </Fact>
      <Fact name={t(paidAt ? 'fact.paid' : 'fact.begun')}>
        <time dateTime={paidAt ?? createdAt}>
          {date(paidAt ?? createdAt)}, {time(paidAt ?? createdAt)}
        </time>
      </Fact>
      {refunds.map((refund) => (
        <Fact key={refund.at} name={t('fact.given')}>
          <span className="num">{money(refund.amount)}</span>, {t(`refundState.${refund.status}`)},{' '}
          <time dateTime={refund.at}>{dateTime(refund.at)}</time>
        </Fact>
      ))}
      {dispute === 'none' ? null : <Fact name={t('fact.dispute')}>{t(`disputeOf.${dispute}`)}</Fact>}
      <Fact name={t('fact.provider')}>{t(`provider.${provider}`)}</Fact>
      <Fact name={t('fact.number')}>
        <span className="mono text-14">{id}</span>
      </Fact>
    </dl>
  );
}

function Shown({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('payments');
  const query = usePayment(id);
  if (query.isPending) return <SkeletonRows rows={3} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} heading="h1" />;
  const { returnTo, status } = query.data;
  return (
    <>
      <Head payment={query.data} />
      <Facts payment={query.data} />
      <div className="mt-6 flex flex-wrap gap-3 print:hidden">
        {returnTo?.startsWith('/') ? (
          <Button asChild look={status === 'pending' ? 'line' : 'main'}>
            <a href={returnTo}>{t('page.back')}</a>
          </Button>
        ) : null}
        <Button asChild>
          <Link to="/settings/$section" params={{ section: 'payments' }}>
            {t('page.all')}
          </Link>
        </Button>
        {status === 'paid' ? (
          <Button look="quiet" onClick={() => window.print()}>
            <Printer aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('page.print')}
          </Button>
        ) : null}
      </div>
    </>
  );
}

/** Where the payment provider sends people back to; later the receipt. */
export function PaymentPage(): ReactNode {
  const { t } = useTranslation(['payments', 'common']);
  const { paymentId } = useParams({ from: '/payments/$paymentId' });
  const me = useMe();
  usePageTitle(t('receipt'));
  return (
    <div className="page max-w-[46rem]">
      {me === undefined ? <SkeletonRows rows={3} /> : null}
      {me === null ? (
        <EmptyState icon={Receipt} title={t('page.guest')} text={t('page.guestText')} heading="h1">
          <Button look="main" asChild>
            <Link to="/sign-in" search={{ to: `/payments/${paymentId}` }}>
              {t('common:signIn')}
            </Link>
          </Button>
        </EmptyState>
      ) : null}
      {me ? <Shown id={paymentId} /> : null}
    </div>
  );
}
