/** Getting one's money: the account it goes to, what stands against a payout, and the payouts so far. */
import type { EarningsBalance, payments } from '@virgil/contract';
import { ArrowUpRight, HandCoins } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstance } from '../../api/instance.ts';
import { openPayoutAccount, useOwnPayouts, usePayoutAccount } from '../../api/payments.ts';
import { itemsOf } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { ErrorState, MoreButton, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { PayoutDialog } from './payout-dialog.tsx';

type Account = payments.PayoutAccount;

function OpenAccount({ account }: { account: Account }): ReactNode {
  const { t } = useTranslation('payments');
  const { submit, busy, error } = useSubmit(async () => {
    const url = await openPayoutAccount();
    if (url === null) showToast(t('payout.account.opened'));
    else window.location.assign(url);
  });
  return (
    <div className="mt-4 grid justify-items-start gap-3">
      <p className="max-w-[60ch]">
        {t(account.state === 'none' ? 'payout.account.none' : 'payout.account.unfinished')}
      </p>
      {account.provider === 'sandbox' ? <p className="max-w-[60ch] text-ink-2">{t('payout.account.test')}</p> : null}
      <FormProblem error={error} />
      <Button look="main" busy={busy} onClick={() => void submit()}>
        {t(account.state === 'none' ? 'payout.account.open' : 'payout.account.goOn')}
        {account.provider === 'stripe' ? <ArrowUpRight aria-hidden="true" size={18} strokeWidth={1.75} /> : null}
      </Button>
    </div>
  );
}

function Ready({ account, balances }: { account: Account; balances: readonly EarningsBalance[] }): ReactNode {
  const { t } = useTranslation('payments');
  const [isOpen, setIsOpen] = useState(false);
  const enough = balances
    .filter(({ available }) => available.amount >= account.minimum)
    .toSorted((one, other) => other.available.amount - one.available.amount);
  if (enough.length === 0) return <p className="mt-4 text-ink-2">{t('payout.tooLittle')}</p>;
  return (
    <div className="mt-4">
      <Button look="main" onClick={() => setIsOpen(true)}>
        <HandCoins aria-hidden="true" size={18} strokeWidth={1.75} />
        {t('payout.act')}
      </Button>
      {isOpen ? <PayoutDialog balances={enough} minimum={account.minimum} onClose={() => setIsOpen(false)} /> : null}
    </div>
  );
}

function Rules({ account }: { account: Account }): ReactNode {
  const { t } = useTranslation('payments');
  const { list, money } = useFormat();
  const least = (['USD', 'EUR', 'GBP'] as const).map((currency) => money({ amount: account.minimum, currency }));
  return (
    <p className="mt-3 max-w-[60ch] text-ink-2">
      {t('payout.delay', { count: account.riskDelayDays })} {t('payout.minimum', { amounts: list(least) })}
    </p>
  );
}

function Payouts(): ReactNode {
  const { t } = useTranslation('payments');
  const { dateTime, moment, money } = useFormat();
  const query = useOwnPayouts();
  const items = itemsOf(query.data);
  if (query.isError && items.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isSuccess && items.length === 0) return <p className="mt-6 text-ink-2">{t('payout.none')}</p>;
  return (
    <>
      <ul className="rows mt-6 border-t border-line">
        {items.map((payout) => (
          <li
            key={payout.id}
            className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-baseline gap-x-4 py-2.5 sm:grid-cols-[9rem_minmax(0,1fr)_auto]"
          >
            <time dateTime={payout.createdAt} title={dateTime(payout.createdAt)} className="mono text-14 text-ink-3">
              {moment(payout.createdAt)}
            </time>
            <span className={payout.status === 'failed' ? 'text-bad' : undefined}>
              {t(`payout.status.${payout.status}`)}
            </span>
            <span className={payout.status === 'failed' ? 'num text-ink-3 line-through' : 'num font-[620]'}>
              {money(payout.amount)}
            </span>
          </li>
        ))}
      </ul>
      <MoreButton query={query} />
    </>
  );
}

export function PayoutPart({ balances }: { balances: readonly EarningsBalance[] }): ReactNode {
  const { t } = useTranslation(['payments', 'money']);
  const query = usePayoutAccount();
  const testMoney = useInstance()?.testMoney === true;
  const account = query.data;
  return (
    <section className="mt-12" aria-labelledby="payouts">
      <div className="head">
        <h2 id="payouts">{t('payout.title')}</h2>
        {testMoney ? <span className="text-14 text-ink-2">{t('money:testMoney')}</span> : null}
      </div>
      {query.isPending ? <SkeletonRows rows={1} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {account ? (
        <>
          <Rules account={account} />
          {account.obstacle === 'no_account' ? <OpenAccount account={account} /> : null}
          {account.obstacle === null ? <Ready account={account} balances={balances} /> : null}
          {account.obstacle !== null && account.obstacle !== 'no_account' ? (
            <p className="mt-4 max-w-[60ch] border-l-[3px] border-warn pl-3">
              {t(`payout.obstacle.${account.obstacle}`)}
            </p>
          ) : null}
          <Payouts />
        </>
      ) : null}
    </section>
  );
}
