import type { privacy } from '@virgil/contract';
import { Download, FileArchive } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportAddress, requestExport, useExports } from '../../api/privacy.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ErasurePart } from './erasure-part.tsx';
import { Part } from './part.tsx';

function CopyRow({ copy }: { copy: privacy.DataExport }): ReactNode {
  const { t } = useTranslation('privacy');
  const { bytes, date, dateTime } = useFormat();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <FileArchive aria-hidden="true" size={20} strokeWidth={1.75} className="flex-none text-ink-3" />
      <div className="min-w-0 grow">
        <p className="font-[560]">{t('copy.of', { date: dateTime(copy.requestedAt) })}</p>
        <p className="text-14 text-ink-3" role="status">
          {copy.status === 'preparing' ? t('copy.preparing', { percent: copy.progress }) : null}
          {copy.status === 'ready' && copy.expiresAt && copy.sizeBytes !== null
            ? t('copy.ready', { size: bytes(copy.sizeBytes), until: date(copy.expiresAt) })
            : null}
          {copy.status === 'expired' ? t('copy.expired') : null}
          {copy.status === 'failed' ? t('copy.failed') : null}
        </p>
        {copy.status === 'preparing' ? (
          <progress className="mt-2 w-full max-w-80" max={100} value={copy.progress} aria-label={t('copy.progress')} />
        ) : null}
      </div>
      {copy.status === 'ready' ? (
        <Button small asChild>
          <a href={exportAddress(copy.id)} download>
            <Download aria-hidden="true" size={16} strokeWidth={1.75} />
            {t('copy.download')}
          </a>
        </Button>
      ) : null}
    </li>
  );
}

function CopyPart(): ReactNode {
  const { t } = useTranslation('privacy');
  const problemText = useProblemText();
  const query = useExports();
  const [busy, setBusy] = useState(false);
  const copies = query.data?.items ?? [];
  const isPreparing = copies.some(({ status }) => status === 'preparing');

  async function ask(): Promise<void> {
    setBusy(true);
    try {
      await requestExport();
    } catch (error) {
      showToast(problemText(error), { tone: 'bad' });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Part
      title={t('copy.title')}
      text={t('copy.text')}
      side={
        <Button small busy={busy} disabled={isPreparing} onClick={() => void ask()}>
          {t('copy.ask')}
        </Button>
      }
    >
      {query.isPending ? <SkeletonRows rows={1} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && copies.length === 0 ? <p className="text-ink-3">{t('copy.none')}</p> : null}
      <ul className="rows">
        {copies.map((copy) => (
          <CopyRow key={copy.id} copy={copy} />
        ))}
      </ul>
    </Part>
  );
}

/** One's own data: a copy of it, and its end. */
export function DataSection({ isBanned }: { isBanned: boolean }): ReactNode {
  return (
    <>
      <CopyPart />
      {isBanned ? null : <ErasurePart />}
    </>
  );
}
