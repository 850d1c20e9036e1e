import { CircleAlert, CloudOff, OctagonMinus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, type ApiProblemCode } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import type { Outgoing } from './room-state.ts';

/** A line of one's own that is on its way, waits for the connection, or was refused: nothing typed is lost. */
export function OutgoingLine({
  line,
  onAgain,
  onWithdraw,
}: {
  line: Outgoing;
  onAgain: (clientId: string) => void;
  onWithdraw: (clientId: string) => void;
}): ReactNode {
  const { t } = useTranslation('chat');
  const textOf = useProblemText();
  if (line.state === 'sending')
    return (
      <li className="px-4 py-0.5 text-ink-3">
        <span className="mr-1.5 font-[640]">{t('you')}</span>
        <bdi dir="auto">{line.text}</bdi>
        <span className="sr-only"> {t('sending')}</span>
      </li>
    );
  const [Icon, reason] =
    line.state === 'waiting'
      ? [CloudOff, t('waiting')]
      : line.state === 'blocked'
        ? [OctagonMinus, t('blocked')]
        : [
            CircleAlert,
            line.error
              ? textOf(
                  new ApiProblem(line.error.code as ApiProblemCode, {
                    detail: line.error.message,
                    ...(line.error.retryAfterMs === undefined ? {} : { retryAfterMs: line.error.retryAfterMs }),
                  }),
                )
              : t('refused'),
          ];
  return (
    <li className="mx-4 my-1.5 rounded-2 border border-line-strong px-3 py-2">
      <bdi dir="auto" className="[overflow-wrap:anywhere]">
        {line.text}
      </bdi>
      <p
        className={
          line.state === 'waiting' ? 'mt-1 flex gap-1.5 text-14 text-ink-2' : 'mt-1 flex gap-1.5 text-14 text-bad'
        }
      >
        <Icon aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
        {reason}
      </p>
      <div className="mt-1.5 flex gap-2">
        {line.state === 'refused' ? (
          <Button small onClick={() => onAgain(line.clientId)}>
            {t('again')}
          </Button>
        ) : null}
        <Button small look="quiet" onClick={() => onWithdraw(line.clientId)}>
          {t('withdraw')}
        </Button>
      </div>
    </li>
  );
}
