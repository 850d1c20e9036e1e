import '../../ui/voice.css';
import type { Tip } from '@virgil/contract';
import { Hourglass } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { ReportLine, type Said } from './report-line.tsx';
import { Speaker } from './speaker.tsx';

interface TipLineProps {
  readonly tip: Tip;
  readonly isMine: boolean;
  readonly onReport: ((said: Said) => void) | null;
}

/** A tip in the chat: who, how much, and what they wrote with it, which is one person speaking to another. */
export const TipLine = memo(function TipLine({ isMine, onReport, tip }: TipLineProps): ReactNode {
  const { t } = useTranslation('money');
  const format = useFormat();
  return (
    <li
      className="group relative mx-4 my-1.5 border-l-(length:--spine) border-tone bg-tone-soft px-3 py-2"
      title={format.time(tip.createdAt)}
    >
      <p className="flex items-baseline gap-3">
        <span className="min-w-0 grow [overflow-wrap:anywhere]">
          <Speaker of={tip} isMine={isMine} />
          {t(isMine ? 'tip.lineMine' : 'tip.line')}
        </span>
        <span className="num flex-none font-[640]">{format.money(tip.amount)}</span>
      </p>
      {tip.message ? (
        <p className="voice mt-0.5 text-18 leading-snug whitespace-pre-line [overflow-wrap:anywhere]">
          <bdi dir="auto">{tip.message}</bdi>
        </p>
      ) : null}
      {tip.messageStatus === 'held' ? (
        <p className="mt-1 flex gap-1.5 text-14 font-[540] text-[var(--risk-2)]">
          <Hourglass aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
          {t(isMine ? 'tip.heldMine' : 'tip.heldTheirs')}
        </p>
      ) : null}
      {onReport && !isMine && tip.message !== null && tip.messageStatus === 'published' ? (
        <ReportLine said={{ id: tip.id, displayName: tip.displayName, message: tip.message }} onReport={onReport} />
      ) : null}
      {tip.messageStatus === 'blocked' ? <p className="mt-1 text-14 text-ink-2">{t('tip.blocked')}</p> : null}
    </li>
  );
});
