import { mails } from '@virgil/contract';
import { MailWarning } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { updateMailSettings, useMailSettings } from '../../api/mails.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Part } from './part.tsx';

/** Which notices come by e-mail too, and whether they arrive. */
export function MailSection(): ReactNode {
  const { t } = useTranslation('settings');
  const problemText = useProblemText();
  const query = useMailSettings();
  if (query.isPending) return <SkeletonRows rows={3} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { address, isOn, isVerified, notices, refused } = query.data;
  const save = (change: Parameters<typeof updateMailSettings>[0], done: string) =>
    updateMailSettings(change).then(
      () => showToast(done),
      (error: unknown) => showToast(problemText(error), { tone: 'bad' }),
    );
  return (
    <>
      <Part title={t('mail.title')} text={isOn ? t('mail.text', { address: address ?? '' }) : t('mail.off')}>
        {isOn && !isVerified ? <p className="mb-5 max-w-[60ch] text-warn">{t('mail.unverified')}</p> : null}
        <fieldset>
          <legend className="sr-only">{t('mail.title')}</legend>
          <div className="grid gap-5">
            {mails.mailedNotices.options.map((choice) => (
              <Choice
                key={choice}
                choice={choice}
                isChosen={notices === choice}
                onChoose={() => void save({ notices: choice }, t('mail.saved'))}
              />
            ))}
          </div>
        </fieldset>
      </Part>
      {refused ? (
        <Refusal
          at={refused.at}
          because={refused.because}
          onTryAgain={() => void save({ tryAgain: true }, t('mail.refused.again'))}
        />
      ) : null}
    </>
  );
}

function Choice({
  choice,
  isChosen,
  onChoose,
}: {
  choice: mails.MailedNotices;
  isChosen: boolean;
  onChoose: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <label className="flex items-start gap-3">
      <input
        type="radio"
        name="mail"
        checked={isChosen}
        onChange={onChoose}
        className="mt-0.5 size-5 flex-none accent-[var(--ink)]"
      />
      <span>
        <span className="font-[600]">{t(`mail.choice.${choice}`)}</span>
        <span className="block max-w-[56ch] text-14 text-ink-3">{t(`mail.hint.${choice}`)}</span>
      </span>
    </label>
  );
}

function Refusal({ at, because, onTryAgain }: { at: string; because: string; onTryAgain: () => void }): ReactNode {
  const { t } = useTranslation('settings');
  const { dateTime } = useFormat();
  return (
    <Part
      title={t('mail.refused.title')}
      text={t('mail.refused.text', { when: dateTime(at) })}
      side={<MailWarning aria-hidden="true" size={20} strokeWidth={1.75} className="text-warn" />}
    >
      <p className="mono text-14 [overflow-wrap:anywhere] text-ink-2" lang="en">
        {because}
      </p>
      <Button className="mt-5" onClick={onTryAgain}>
        {t('mail.refused.act')}
      </Button>
    </Part>
  );
}
