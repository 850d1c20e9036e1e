import type { AdminStrike } from '@virgil/contract';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideOnStrike } from '../../../api/standing.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { ToggleGroup } from '../../../ui/toggle-group.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { ReasonField } from '../reason-field.tsx';

type Decision = 'accepted' | 'denied';

/** Says what follows before it is done; the reason is what the person reads. */
export function DecideStrikeDialog({
  strike,
  onClose,
}: {
  strike: AdminStrike | null;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['standing', 'common']);
  const [decision, setDecision] = useState<Decision>('accepted');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const name = strike?.user.displayName ?? '';
  const { submit, busy, error, clear } = useSubmit(async (id: string) => {
    await decideOnStrike(id, { decision, reason: reason.trim() });
    showToast(t('strikes.done', { name }));
    onClose();
  });
  const strikeId = strike?.id;
  useEffect(() => {
    if (strikeId === undefined) return;
    setDecision('accepted');
    setReason('');
    setTried(false);
    clear();
  }, [strikeId, clear]);

  function decide(): void {
    setTried(true);
    if (strikeId !== undefined && reason.trim() !== '') void submit(strikeId);
  }

  return (
    <Dialog
      open={strike !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('strikes.decideTitle', { name })}
      description={t('strikes.decideText')}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="main" busy={busy} onClick={decide}>
            {t(decision === 'accepted' ? 'strikes.acceptAct' : 'strikes.denyAct')}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          decide();
        }}
      >
        <blockquote className="voice border-l-2 border-ink-3 pl-3 text-18" dir="auto">
          {strike?.reason}
        </blockquote>
        <ToggleGroup<Decision>
          label={t('strikes.decision')}
          value={decision}
          onChange={setDecision}
          choices={[
            { value: 'accepted', label: t('strikes.accept') },
            { value: 'denied', label: t('strikes.deny') },
          ]}
        />
        <ReasonField
          label={t('strikes.reason', { name })}
          value={reason}
          onChange={setReason}
          error={tried && reason.trim() === '' ? t('strikes.reasonMissing', { name }) : undefined}
        />
        <FormProblem error={error} />
      </form>
    </Dialog>
  );
}
