import clsx from 'clsx';
import { X } from 'lucide-react';
import { AlertDialog as RadixAlert, Dialog as RadixDialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './button.tsx';

const PANEL =
  'float enter-rise fixed z-(--z-dialog) overflow-y-auto p-5 sm:p-6 ' +
  'inset-x-0 bottom-0 max-h-[92dvh] rounded-b-none ' +
  'sm:inset-auto sm:top-1/2 sm:left-1/2 sm:max-h-[86dvh] sm:w-[min(34rem,92vw)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-b-3';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the main one last. */
  readonly foot?: ReactNode;
  readonly wide?: boolean;
}

/** A sheet from below on a phone, a panel in the middle elsewhere. */
export function Dialog({ open, onOpenChange, title, description, children, foot, wide }: DialogProps): ReactNode {
  const { t } = useTranslation('common');
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="overlay enter-fade" />
        <RadixDialog.Content
          className={clsx(PANEL, wide && 'sm:w-[min(46rem,92vw)]')}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="mb-4 flex items-start gap-4">
            <div className="grow">
              <RadixDialog.Title className="text-21">{title}</RadixDialog.Title>
              {description ? (
                <RadixDialog.Description className="mt-1.5 text-ink-2">{description}</RadixDialog.Description>
              ) : null}
            </div>
            <RadixDialog.Close asChild>
              <IconButton label={t('close')} small className="-mt-1 -mr-2">
                <X aria-hidden="true" size={18} strokeWidth={1.75} />
              </IconButton>
            </RadixDialog.Close>
          </div>
          {children}
          {foot ? <div className="mt-6 flex flex-wrap justify-end gap-3">{foot}</div> : null}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

export interface ConfirmProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** The consequence, before the act. */
  readonly description: ReactNode;
  readonly act: string;
  readonly dangerous?: boolean;
  /** Errors are shown inside; the dialog closes when it resolves. */
  readonly onConfirm: () => Promise<void> | void;
  readonly problem?: (error: unknown) => string;
  readonly children?: ReactNode;
}

/** Asks before something that matters. Dangerous acts stand last, filled, and are never focused first. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  act,
  dangerous,
  onConfirm,
  problem,
  children,
}: ConfirmProps): ReactNode {
  const { t } = useTranslation('common');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function confirm(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (failure) {
      setError(problem ? problem(failure) : t('failed'));
    } finally {
      setBusy(false);
    }
  }

  return (
    <RadixAlert.Root
      open={open}
      onOpenChange={(next) => {
        setError(null);
        onOpenChange(next);
      }}
    >
      <RadixAlert.Portal>
        <RadixAlert.Overlay className="overlay enter-fade" />
        <RadixAlert.Content className={PANEL}>
          <RadixAlert.Title className="text-21">{title}</RadixAlert.Title>
          <RadixAlert.Description asChild>
            <div className="mt-2 text-ink-2">{description}</div>
          </RadixAlert.Description>
          {children ? <div className="mt-4">{children}</div> : null}
          {error ? (
            <p role="alert" className="mt-4 text-bad">
              {error}
            </p>
          ) : null}
          <div className={clsx('mt-6 flex flex-wrap justify-end', dangerous ? 'gap-6' : 'gap-3')}>
            <RadixAlert.Cancel asChild>
              <Button>{t('cancel')}</Button>
            </RadixAlert.Cancel>
            <Button look={dangerous ? 'bad-fill' : 'main'} busy={busy} onClick={confirm}>
              {act}
            </Button>
          </div>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  );
}
