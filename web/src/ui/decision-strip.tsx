/**
 * What a chosen act still needs, and what it will say: opens above the buttons it belongs to and covers nothing.
 * The act stands last; Escape closes.
 */
import '../ui/voice.css';
import { type ReactNode, type Ref, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { KeyHint } from './key-hint.tsx';

export interface DecisionStripProps {
  /** “Timeout for klangbruder” */
  readonly label: string;
  /** How long, why: the choices. */
  readonly children: ReactNode;
  /** Who reads which letter, to the letter; null: nobody is told. */
  readonly reads: { readonly who: string; readonly letter: string } | null;
  /** Said in place of a letter, or below it. */
  readonly note?: ReactNode;
  readonly act: string;
  readonly dangerous?: boolean;
  readonly busy: boolean;
  /** What is missing, or why it was refused. */
  readonly problem: string | null;
  readonly isReady: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly ref?: Ref<HTMLElement>;
}

export function DecisionStrip({
  label,
  children,
  reads,
  note,
  act,
  dangerous,
  busy,
  problem,
  isReady,
  onConfirm,
  onCancel,
  ref,
}: DecisionStripProps): ReactNode {
  const { t } = useTranslation('common');
  const confirm = useRef<HTMLButtonElement>(null);
  // With everything chosen beforehand one more Enter is enough.
  useEffect(() => confirm.current?.focus({ preventScroll: true }), []);
  return (
    <section
      ref={ref}
      aria-label={label}
      className="grid gap-3 border-b border-line pb-3"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onCancel();
      }}
    >
      <form
        className="grid items-end gap-x-6 gap-y-3 sm:grid-cols-[minmax(0,1fr)_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !busy) onConfirm();
        }}
      >
        <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2">{children}</div>
        <span className="flex justify-end gap-2">
          <Button look="quiet" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button
            ref={confirm}
            type="submit"
            look={dangerous ? 'bad-fill' : 'main'}
            busy={busy}
            aria-disabled={isReady ? undefined : true}
            className="grow sm:grow-0"
          >
            {act}
            {/* Its grey does not stand out on the fill of what is dangerous. */}
            {dangerous ? null : (
              <span className="hidden sm:contents">
                <KeyHint>Enter</KeyHint>
              </span>
            )}
          </Button>
        </span>
      </form>
      {problem === null ? null : (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      )}
      {reads === null ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long letter is read by scrolling, also without a mouse
        <p tabIndex={0} className="max-h-24 overflow-y-auto sm:max-h-40">
          <span className="mr-3 text-14 text-ink-3">{reads.who}</span>
          <span className="voice text-18 whitespace-pre-line [overflow-wrap:anywhere]">{reads.letter}</span>
        </p>
      )}
      {note ? <p className="text-14 text-ink-2">{note}</p> : null}
    </section>
  );
}
