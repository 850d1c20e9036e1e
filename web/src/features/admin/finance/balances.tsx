import type { BooksOverview, Money } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';

interface Line {
  readonly name: string;
  readonly amounts: readonly Money[];
  readonly isInner?: boolean;
}

function Amounts({ of }: { of: readonly Money[] }): ReactNode {
  const { money } = useFormat();
  return (
    <td className="num py-1.5 pl-4 text-right align-top">
      {of.map((amount) => (
        <span key={amount.currency} className="block whitespace-nowrap">
          {money(amount)}
        </span>
      ))}
    </td>
  );
}

/** Every account of the platform, and what is owed to all creators together. */
export function Balances({ overview }: { overview: BooksOverview }): ReactNode {
  const { t } = useTranslation('finance');
  const { creators, platform } = overview;
  const accounts = Map.groupBy(platform, ({ account }) => account);
  const lines: Line[] = [
    ...(['available', 'pending', 'held'] as const).map((purpose) => ({
      name: t(`account.${purpose}`),
      amounts: creators.map((each) => each[purpose]).filter(({ amount }) => amount !== 0),
      isInner: true,
    })),
    ...[...accounts].map(([account, of]) => ({
      name: t(`account.${account}`),
      amounts: of.map(({ balance }) => balance),
    })),
  ];
  const owed = creators.map(({ available, held, pending }) => ({
    currency: available.currency,
    amount: available.amount + held.amount + pending.amount,
  }));
  return (
    <section>
      <div className="head">
        <h2>{t('balances.title')}</h2>
        <span className="text-ink-2">{t('balances.note')}</span>
      </div>
      {accounts.size === 0 ? (
        <p className="py-3 text-ink-2">{t('balances.none')}</p>
      ) : (
        <table className="w-full">
          <tbody>
            <tr className="border-b border-line">
              <th scope="row" className="py-1.5 align-top font-[620]">
                {t('balances.creators')}
              </th>
              <Amounts of={owed} />
            </tr>
            {lines
              .filter(({ amounts }) => amounts.length > 0)
              .map(({ amounts, isInner, name }) => (
                <tr key={name} className="border-b border-line">
                  <th scope="row" className={`py-1.5 align-top font-normal ${isInner ? 'pl-4 text-ink-2' : ''}`}>
                    {name}
                  </th>
                  <Amounts of={amounts} />
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function Volume({ overview }: { overview: BooksOverview }): ReactNode {
  const { t } = useTranslation('finance');
  const { money, number } = useFormat();
  return (
    <section>
      <div className="head">
        <h2>{t('volume.title')}</h2>
      </div>
      {overview.volume.length === 0 ? <p className="py-3 text-ink-2">{t('volume.none')}</p> : null}
      {overview.volume.length > 0 ? (
        <table className="w-full">
          <thead>
            <tr className="border-b border-line text-ink-3 [&>th]:py-1.5 [&>th]:font-[560]">
              <th scope="col">{t('volume.kind')}</th>
              <th scope="col" className="pl-4 text-right">
                {t('volume.transfers')}
              </th>
              <th scope="col" className="pl-4 text-right">
                {t('volume.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {overview.volume.map(({ amount, count, kind }) => (
              <tr key={`${kind} ${amount.currency}`} className="border-b border-line">
                <th scope="row" className="py-1.5 font-normal">
                  {t(`kind.${kind}`)}
                </th>
                <td className="num pl-4 text-right">{number(count)}</td>
                <td className="num pl-4 text-right whitespace-nowrap">{money(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
