import { Link } from '@tanstack/react-router';
import type { BookedTransfer } from '@virgil/contract';
import { Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { ReverseDialog } from './reverse-dialog.tsx';

/** 2027-01-31 21:04:05: in UTC, as the file and the database have it. */
const exactly = (at: string): string => at.slice(0, 19).replace('T', ' ');

function Entry({ entry }: { entry: BookedTransfer['entries'][number] }): ReactNode {
  const { t } = useTranslation('finance');
  const { money } = useFormat();
  const { account, amount, owner } = entry;
  const isCreators = account === 'available' || account === 'pending' || account === 'held';
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-4">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {owner ? (
          <Link to="/c/$channelId" params={{ channelId: owner.id }} dir="auto">
            {owner.displayName}
          </Link>
        ) : null}
        {isCreators && !owner ? <span className="text-ink-3">{t('transfers.gone')}</span> : null}
        {isCreators ? ', ' : ''}
        {t(`account.${account}`)}
      </span>
      <span className="num text-right whitespace-nowrap">{money(amount)}</span>
    </li>
  );
}

function Row({ transfer, onReverse }: { transfer: BookedTransfer; onReverse: () => void }): ReactNode {
  const { t } = useTranslation('finance');
  const { money } = useFormat();
  const { amount, at, entries, isReversed, key, kind, reverses } = transfer;
  return (
    <tr className="grid grid-cols-[1fr_auto] gap-x-4 border-b border-line py-2 md:table-row [&>td]:align-top md:[&>td]:border-b md:[&>td]:border-line md:[&>td]:py-2">
      <td className="mono col-span-2 text-13 text-ink-2 md:w-44 md:pr-4">
        <time dateTime={at}>{exactly(at)}</time>
      </td>
      <td className="min-w-0 md:w-[26rem] md:pr-6">
        <p className="font-[560]">
          {t(`kind.${kind}`)}
          {isReversed ? <span className="font-normal text-ink-3">, {t('reverse.was')}</span> : null}
        </p>
        <p className="mono text-13 [overflow-wrap:anywhere] text-ink-3">{key}</p>
        {reverses === null ? null : (
          <p className="mono text-13 [overflow-wrap:anywhere] text-ink-3">
            {t('transfers.reverses')} {reverses}
          </p>
        )}
        {kind === 'bonus' && !isReversed ? (
          <Button small look="quiet" className="-ml-2" onClick={onReverse}>
            <Undo2 aria-hidden="true" size={16} strokeWidth={1.75} />
            {t('reverse.open')}
          </Button>
        ) : null}
      </td>
      <td className="num text-right font-[620] whitespace-nowrap md:hidden">{money(amount)}</td>
      <td className="col-span-2 mt-1 text-13 md:mt-0 md:text-14">
        <ul>
          {entries.map((entry) => (
            <Entry key={`${entry.account} ${entry.owner?.id}`} entry={entry} />
          ))}
        </ul>
      </td>
      <td className="num hidden text-right font-[620] whitespace-nowrap md:table-cell md:w-32">{money(amount)}</td>
    </tr>
  );
}

export function TransfersTable({ transfers }: { transfers: readonly BookedTransfer[] }): ReactNode {
  const { t } = useTranslation('finance');
  const [reversing, setReversing] = useState<BookedTransfer | null>(null);
  return (
    <>
      <table className="block w-full md:table">
        <thead className="sr-only md:not-sr-only">
          <tr className="text-14 text-ink-3 [&>th]:border-b [&>th]:border-line [&>th]:py-2 [&>th]:font-[560]">
            <th scope="col">{t('transfers.when')}</th>
            <th scope="col">{t('transfers.what')}</th>
            <th scope="col">{t('transfers.entries')}</th>
            <th scope="col" className="text-right">
              {t('transfers.amount')}
            </th>
          </tr>
        </thead>
        <tbody className="block md:table-row-group">
          {transfers.map((transfer) => (
            <Row key={transfer.id} transfer={transfer} onReverse={() => setReversing(transfer)} />
          ))}
        </tbody>
      </table>
      {reversing ? <ReverseDialog transfer={reversing} onClose={() => setReversing(null)} /> : null}
    </>
  );
}
