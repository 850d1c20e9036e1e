/** The decision, fixed at the foot: the chosen act opens a strip above the buttons that says what follows. */
import type { escalations } from '@virgil/contract';
import { Ban, Check, SkipForward, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EscalationDecision, resolveEscalation } from '../../../api/escalations.ts';
import { asProblem } from '../../../api/problem.ts';
import { Button } from '../../../ui/button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { useKey } from '../../../ui/keys.ts';
import { useProblemText } from '../../../ui/problem-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { ActStrip } from './act-strip.tsx';

export type Act = EscalationDecision['decision'];

export function DecisionBar({
  details,
  onNext,
}: {
  details: escalations.EscalationDetails;
  onNext: () => void;
}): ReactNode {
  const { t } = useTranslation('escalations');
  const textOf = useProblemText();
  const [act, setAct] = useState<Act | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { escalation, isBanned, mayDecide } = details;
  const isText = escalation.kind !== 'strikes';
  const name = escalation.author.displayName;
  const may = mayDecide.allowed && !busy;
  const choose = (next: Act) => {
    setProblem(null);
    setAct((now) => (now === next ? null : next));
  };
  useKey('a', () => choose('approve'), may);
  useKey('r', () => choose('reject'), may && isText);
  useKey('p', () => choose('penalty'), may && !isBanned);
  // The strip may not outlive what it was opened for.
  useEffect(() => {
    if (!mayDecide.allowed) setAct(null);
  }, [mayDecide.allowed]);

  async function decide(body: EscalationDecision): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await resolveEscalation(escalation.id, body);
      const done = body.decision === 'approve' && !isText ? 'approveStrikes' : body.decision;
      showToast(t(`decide.done.${done}`, { name }));
      onNext();
    } catch (failure) {
      const told = asProblem(failure);
      const decided = told.code === 'already_decided' && told.detail;
      setProblem(decided ? `${t('decide.conflict')} ${told.detail}` : textOf(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="fixed inset-x-0 bottom-0 z-10 grid max-h-[70dvh] gap-3 overflow-y-auto border-t border-ink-3 bg-surface-1 px-4 py-3 sm:px-6 lg:left-[24rem] lg:px-8">
      {mayDecide.allowed ? (
        <>
          {act === null ? null : (
            <ActStrip
              key={act}
              act={act}
              details={details}
              busy={busy}
              problem={problem}
              onDecide={(body) => void decide(body)}
              onCancel={() => setAct(null)}
            />
          )}
          <fieldset className="flex flex-wrap items-center gap-3">
            <legend className="sr-only">{t('decide.label')}</legend>
            <Button aria-pressed={act === 'approve'} onClick={() => choose('approve')}>
              <Check aria-hidden="true" size={18} strokeWidth={1.75} />
              {t(isText ? 'decide.approve' : 'decide.approveStrikes')}
              <KeyHint>A</KeyHint>
            </Button>
            {isText ? (
              <Button aria-pressed={act === 'reject'} onClick={() => choose('reject')}>
                <X aria-hidden="true" size={18} strokeWidth={1.75} />
                {t('decide.reject')}
                <KeyHint>R</KeyHint>
              </Button>
            ) : null}
            {isBanned ? (
              <p className="text-14 text-ink-2">{t('decide.bannedAlready')}</p>
            ) : (
              <Button look="bad" className="ml-4" aria-pressed={act === 'penalty'} onClick={() => choose('penalty')}>
                <Ban aria-hidden="true" size={18} strokeWidth={1.75} />
                {t('decide.penalty')}
                <KeyHint>P</KeyHint>
              </Button>
            )}
            <Button look="quiet" className="sm:ml-auto" onClick={onNext}>
              <SkipForward aria-hidden="true" size={18} strokeWidth={1.75} />
              {t('decide.next')}
              <KeyHint>N</KeyHint>
            </Button>
          </fieldset>
        </>
      ) : (
        <p className="text-ink-2">{t('decide.own')}</p>
      )}
    </div>
  );
}
