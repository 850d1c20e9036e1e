import type { privacy } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cancelErasure, eraseMe, useErasurePlan } from '../../api/privacy.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Part } from './part.tsx';
import { PasswordDialog } from './password-dialog.tsx';

function Removed({ plan }: { plan: privacy.ErasurePlan }): ReactNode {
  const { t } = useTranslation('privacy');
  const { number } = useFormat();
  return (
    <section>
      <h3 className="font-[640]">{t('erasure.removed')}</h3>
      <ul className="mt-1">
        {plan.removed.map(({ kind, count }) => (
          <li key={kind} className="flex justify-between gap-4 border-b border-line py-1.5 text-14">
            <span>{t(`kind.${kind}`)}</span>
            <span className="num text-ink-3">{number(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Kept({ plan }: { plan: privacy.ErasurePlan }): ReactNode {
  const { t } = useTranslation('privacy');
  return (
    <section>
      <h3 className="font-[640]">{t('erasure.kept')}</h3>
      <ul className="mt-1">
        {plan.kept.map(({ kind, reason, years }) => (
          <li key={kind} className="border-b border-line py-1.5 text-14">
            <p>{t(`kind.${kind}`)}</p>
            <p className="text-ink-3">
              {t(`reason.${reason}`)} {years === null ? t('erasure.noEnd') : t('erasure.years', { count: years })}
            </p>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-14 text-ink-3">{t('erasure.keptHow')}</p>
    </section>
  );
}

function Asked({ erasesAt }: { erasesAt: string }): ReactNode {
  const { t } = useTranslation('privacy');
  const { date } = useFormat();
  const problemText = useProblemText();
  const [busy, setBusy] = useState(false);
  async function callOff(): Promise<void> {
    setBusy(true);
    try {
      await cancelErasure();
      showToast(t('erasure.cancelled'));
    } catch (error) {
      showToast(problemText(error), { tone: 'bad' });
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="box mb-6" role="status">
      <p className="font-[640]">{t('erasure.asked', { date: date(erasesAt) })}</p>
      <p className="mt-1 text-ink-2">{t('erasure.askedText')}</p>
      <Button look="main" busy={busy} onClick={() => void callOff()} className="mt-3">
        {t('erasure.cancel')}
      </Button>
    </div>
  );
}

/** What an erasure means is shown before it is asked for, and can be called off for a week after. */
export function ErasurePart(): ReactNode {
  const { t } = useTranslation('privacy');
  const query = useErasurePlan();
  const [asking, setAsking] = useState(false);
  const plan = query.data;
  return (
    <Part title={t('erasure.title')} text={t('erasure.text')}>
      {query.isPending ? <SkeletonRows rows={3} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {plan?.erasesAt ? <Asked erasesAt={plan.erasesAt} /> : null}
      {plan ? (
        <div className="grid gap-6 sm:grid-cols-2 sm:gap-10">
          <Removed plan={plan} />
          {plan.kept.length > 0 ? <Kept plan={plan} /> : null}
        </div>
      ) : null}
      {plan && plan.erasesAt === null ? (
        <Button look="bad" className="mt-8" onClick={() => setAsking(true)}>
          {t('erasure.act')}
        </Button>
      ) : null}
      <PasswordDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('erasure.confirm')}
        text={t('erasure.confirmText')}
        act={t('erasure.act')}
        dangerous
        onPassword={eraseMe}
      />
    </Part>
  );
}
