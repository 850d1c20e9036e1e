import type { DmcaDossier } from '@virgil/contract';
import { LockOpen, ShieldCheck, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openEvidence } from '../../../api/dmca.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

type Opened = Awaited<ReturnType<typeof openEvidence>>;

function OpenedItem({ item }: { item: Opened[number] }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  if (!item.isIntact) {
    return (
      <p className="flex items-start gap-2 font-[620] text-bad">
        <TriangleAlert aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
        {t('dossier.broken')}
      </p>
    );
  }
  return (
    <>
      <p className="flex items-start gap-2">
        <ShieldCheck aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none text-good" />
        {t('dossier.intact')}
      </p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long document is scrolled with the keyboard too
        tabIndex={0}
        className="mono mt-2 max-h-96 overflow-auto border border-line bg-surface-1 p-3 text-13 whitespace-pre-wrap [overflow-wrap:anywhere]"
      >
        {JSON.stringify(item.content, null, 2)}
      </pre>
    </>
  );
}

/** What was preserved; nobody looks into it without leaving a trace. */
export function Evidence({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { dateTime } = useFormat();
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState<Opened>([]);
  if (dossier.evidence.length === 0) return null;
  return (
    <section aria-label={t('dossier.evidence')} className="grid gap-2">
      <h2 className="text-18">{t('dossier.evidence')}</h2>
      <ul className="rows border-t border-line">
        {dossier.evidence.map(({ id, kind, sealedAt, sha256 }) => {
          const item = opened.find((each) => each.id === id);
          return (
            <li key={id} className="py-2">
              <p className="font-[560]">{t(`dossier.evidenceKind.${kind}`)}</p>
              <p className="text-13 text-ink-3">
                <time dateTime={sealedAt}>{dateTime(sealedAt)}</time>. {t('dossier.hash')}:{' '}
                <span className="mono [overflow-wrap:anywhere]">{sha256}</span>
              </p>
              {item ? (
                <div className="mt-2">
                  <OpenedItem item={item} />
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
      {opened.length === 0 ? (
        <div>
          <Button onClick={() => setAsking(true)}>
            <LockOpen aria-hidden="true" size={16} strokeWidth={1.75} />
            {t('dossier.open')}
          </Button>
        </div>
      ) : null}
      {asking ? (
        <ReasonDialog
          title={t('dossier.openTitle')}
          text={t('dossier.evidenceText')}
          label={t('dossier.openReason')}
          act={t('dossier.openAct')}
          onClose={() => setAsking(false)}
          onAct={async (reason) => setOpened(await openEvidence(dossier.id, reason))}
        />
      ) : null}
    </section>
  );
}
