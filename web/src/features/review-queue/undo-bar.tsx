/** What was just decided, and for how long it can be taken back. Ticks, never pulses. */
import { Undo2, X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/button.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useNow } from '../../ui/use-now.ts';

export interface Undoable {
  /** Several at once have one bar. */
  readonly itemIds: readonly string[];
  readonly text: string;
  /** By this device's clock. */
  readonly untilMs: number;
}

export function UndoBar({
  undoable,
  undoKey,
  busy,
  onUndo,
  onOver,
}: {
  undoable: Undoable;
  undoKey: string | null;
  busy: boolean;
  onUndo: () => void;
  onOver: () => void;
}): ReactNode {
  const { t } = useTranslation(['queue', 'common']);
  const now = useNow(250);
  const seconds = Math.max(0, Math.ceil((undoable.untilMs - now) / 1000));
  const isOver = seconds === 0;
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  return (
    <div
      role="status"
      className="float enter-rise fixed right-4 bottom-40 left-4 z-(--z-toast) flex items-center gap-3 py-1.5 pr-1.5 pl-4 sm:bottom-24 sm:left-auto sm:w-[30rem]"
    >
      <span className="grow py-1.5">{undoable.text}</span>
      <span aria-hidden="true" className="mono flex-none text-ink-3">
        {seconds} s
      </span>
      <Button small busy={busy} onClick={onUndo}>
        <Undo2 aria-hidden="true" size={16} strokeWidth={1.75} />
        {t('undo')}
        {undoKey === null ? null : <KeyHint>{undoKey.toUpperCase()}</KeyHint>}
      </Button>
      <IconButton small label={t('common:close')} onClick={onOver}>
        <X aria-hidden="true" size={16} strokeWidth={1.75} />
      </IconButton>
    </div>
  );
}
