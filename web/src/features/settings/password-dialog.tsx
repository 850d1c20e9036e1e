import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

/** Asks for the password before something that protects the account changes. */
export function PasswordDialog({
  open,
  onClose,
  title,
  text,
  act,
  dangerous,
  onPassword,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  text: string;
  act: string;
  dangerous?: boolean;
  onPassword: (password: string) => Promise<void>;
}): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const formId = useId();
  const [password, setPassword] = useState('');
  const { submit, busy, error, clear } = useSubmit(async () => {
    await onPassword(password);
    setPassword('');
    onClose();
  });
  function close(): void {
    setPassword('');
    clear();
    onClose();
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      title={title}
      description={text}
      foot={
        <>
          <Button onClick={close}>{t('common:cancel')}</Button>
          <Button look={dangerous ? 'bad-fill' : 'main'} type="submit" form={formId} busy={busy}>
            {act}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t('password.current')}>
          <PasswordInput
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <FormProblem error={error} />
      </form>
    </Dialog>
  );
}
