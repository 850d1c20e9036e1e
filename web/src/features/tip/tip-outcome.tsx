import type { tips } from '@virgil/contract';
import { CircleAlert, CircleCheck, ExternalLink, Hourglass } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';

/** How it stands. The heading takes the focus, so that a screen reader hears what became of the money. */
export function TipOutcome({
  answer,
  creatorName,
  onAgain,
  onClose,
}: {
  answer: tips.TipAnswer;
  creatorName: string;
  onAgain: () => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['money', 'common']);
  const { money } = useFormat();
  const { artistShare, checkoutUrl, status, tip } = answer;
  const heading = useRef<HTMLParagraphElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state is what is to be heard
  useEffect(() => heading.current?.focus(), [status]);
  const Icon = { paid: CircleCheck, pending: Hourglass, failed: CircleAlert }[status];
  const tone = { paid: 'text-good', pending: 'text-ink-2', failed: 'text-bad' }[status];
  const amount = money(tip.amount);
  return (
    <div>
      <p ref={heading} tabIndex={-1} className="flex gap-2.5 text-18 font-[600] outline-none">
        <Icon aria-hidden="true" size={22} strokeWidth={1.75} className={`mt-0.5 flex-none ${tone}`} />
        {status === 'failed' ? t('failed') : t(`tip.${status}`, { amount })}
      </p>
      <div className="mt-2 grid gap-2 pl-8 text-ink-2">
        {status === 'paid' ? <p>{t('tip.paidText', { name: creatorName, artist: money(artistShare) })}</p> : null}
        {status === 'pending' ? <p>{t(checkoutUrl ? 'payPageText' : 'onTheWay')}</p> : null}
        {status !== 'failed' && tip.messageStatus === 'held' ? <p>{t('tip.held')}</p> : null}
        {status === 'paid' && tip.messageStatus === 'blocked' ? <p>{t('tip.blocked')}</p> : null}
      </div>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button look={status === 'paid' ? 'main' : 'line'} onClick={onClose}>
          {t(status === 'paid' ? 'done' : 'common:close')}
        </Button>
        {status === 'failed' ? (
          <Button look="main" onClick={onAgain}>
            {t('again')}
          </Button>
        ) : null}
        {status === 'pending' && checkoutUrl ? (
          <Button asChild look="main">
            <a href={checkoutUrl} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden="true" size={18} strokeWidth={1.75} />
              {t('payPage')}
            </a>
          </Button>
        ) : null}
      </div>
    </div>
  );
}
