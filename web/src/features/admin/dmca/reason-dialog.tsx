import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Textarea } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';

export interface ReasonDialogProps {
  readonly title: string;
  /** What follows from it. */
  readonly text: string;
  readonly label: string;
  readonly act: string;
  readonly dangerous?: boolean;
  readonly children?: ReactNode;
  readonly onClose: () => void;
  readonly onAct: (reason: string) => Promise<void>;
}

/** An act that needs a reason, with its consequence said before. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { act, children, dangerous, label, onAct, onClose, text, title } = props;
  const { t } = useTranslation('common');
  const [reason, setReason] = useState('');
  const { submit, busy, error } = useSubmit(async () => {
    await onAct(reason);
    onClose();
  });
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={title} description={text}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {children}
        <Field label={label}>
          <Textarea
            required
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <FormProblem error={error} />
        <div className={`flex flex-wrap justify-end ${dangerous ? 'gap-6' : 'gap-3'}`}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look={dangerous ? 'bad-fill' : 'main'} busy={busy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
