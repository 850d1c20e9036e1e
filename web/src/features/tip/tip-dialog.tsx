import type { StreamId, tips } from '@virgil/contract';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstance } from '../../api/instance.ts';
import { asProblem } from '../../api/problem.ts';
import { giveTip, type TipRequest, useGivenTip } from '../../api/tips.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { useTipDraft } from './tip-draft.ts';
import { FORM_ID, TipForm } from './tip-form.tsx';
import { TipOutcome } from './tip-outcome.tsx';

export interface TipDialogProps {
  readonly streamId: StreamId;
  readonly creatorName: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Amount, words, what becomes of it; then how the payment stands. Closing it takes nothing back. */
export function TipDialog({ streamId, creatorName, open, onClose }: TipDialogProps): ReactNode {
  const { t } = useTranslation('money');
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={t('tip.title', { name: creatorName })}
    >
      <Tip streamId={streamId} creatorName={creatorName} onClose={onClose} />
    </Dialog>
  );
}

function Tip({ streamId, creatorName, onClose }: Omit<TipDialogProps, 'open'>): ReactNode {
  const { t } = useTranslation('money');
  const testMoney = useInstance()?.testMoney ?? false;
  const draft = useTipDraft();
  const [sent, setSent] = useState<TipRequest | null>(null);
  const [answer, setAnswer] = useState<tips.TipAnswer | null>(null);
  const given = useGivenTip(answer?.status === 'pending' ? answer.tip.id : null);
  const { submit, busy, error } = useSubmit(async (request: TipRequest) => {
    setSent(request);
    try {
      setAnswer(await giveTip(streamId, request));
    } catch (failure) {
      // Refused is refused: what was typed may be changed. Without an answer the same request is asked again.
      if (!isUnknown(failure)) setSent(null);
      throw failure;
    }
  });
  const settled = given.data?.status;
  useEffect(() => {
    if (settled === 'paid' || settled === 'failed') setAnswer((now) => (now ? { ...now, status: settled } : now));
  }, [settled]);

  const again = () => {
    draft.renewKey();
    setSent(null);
    setAnswer(null);
  };
  if (answer) return <TipOutcome answer={answer} creatorName={creatorName} onAgain={again} onClose={onClose} />;
  const isUnanswered = sent !== null && !busy;
  return (
    <>
      <TipForm
        draft={draft}
        creatorName={creatorName}
        locked={sent !== null}
        error={isUnanswered ? null : error}
        onSubmit={(request) => void submit(request)}
      />
      {testMoney ? <p className="mt-4 text-14 text-ink-2">{t('testMoney')}</p> : null}
      {isUnanswered ? (
        <p role="alert" className="mt-4 text-bad">
          {t('unknown')}
        </p>
      ) : null}
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        {isUnanswered ? (
          <Button look="main" onClick={() => sent && void submit(sent)}>
            {t('ask')}
          </Button>
        ) : (
          <TipButton draft={draft} busy={busy} />
        )}
      </div>
    </>
  );
}

function TipButton({ draft, busy }: { draft: ReturnType<typeof useTipDraft>; busy: boolean }): ReactNode {
  const { t } = useTranslation('money');
  return (
    <Button type="submit" form={FORM_ID} look="main" busy={busy} disabled={draft.amount === null}>
      {t('tip.act', { amount: draft.words })}
    </Button>
  );
}

/** The line was lost, or something between us and the server failed: it may have been paid. */
function isUnknown(failure: unknown): boolean {
  const { code } = asProblem(failure);
  return code === 'offline' || code === 'internal' || code === 'storage_unavailable';
}
