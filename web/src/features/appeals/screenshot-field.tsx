/** A picture that helps: dropped, pasted or chosen, looked at before it goes, and taken out again. */
import clsx from 'clsx';
import { Image, Upload, X } from 'lucide-react';
import { type ChangeEvent, type DragEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ACCEPTED, problemOf, type ScreenshotProblem } from './screenshot-rules.ts';

export function ScreenshotField({
  file,
  onChange,
}: {
  file: File | null;
  onChange: (file: File | null) => void;
}): ReactNode {
  const { t } = useTranslation('appeals');
  const [problem, setProblem] = useState<ScreenshotProblem | null>(null);
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  function take(chosen: File | null | undefined): void {
    if (!chosen) return;
    const found = problemOf(chosen);
    setProblem(found);
    if (found === null) onChange(chosen);
  }

  function choose(event: ChangeEvent<HTMLInputElement>): void {
    take(event.target.files?.[0]);
    // The same file may be chosen again after it was taken out.
    event.target.value = '';
  }

  function drop(event: DragEvent): void {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  }

  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button does the same */}
      <div
        className={clsx(
          'rounded-2 border border-dashed px-4 py-3.5',
          isOver ? 'border-focus bg-surface-3' : 'border-line-strong',
        )}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        onPaste={(event) => take(event.clipboardData.files[0])}
      >
        <div className="flex flex-wrap items-center gap-3">
          <Image aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none" />
          <div className="min-w-0 grow basis-48">
            <p id={`${id}label`} className="font-[600]">
              {t('shot.label')}
            </p>
            <p id={`${id}hint`} className="text-14 text-ink-2">
              {t('shot.hint')}
            </p>
          </div>
          <Button
            onClick={() => input.current?.click()}
            aria-describedby={`${id}label ${id}hint`}
            className="flex-none"
          >
            <Upload aria-hidden="true" size={18} strokeWidth={1.75} />
            {t(file === null ? 'shot.choose' : 'shot.other')}
          </Button>
          <input
            ref={input}
            type="file"
            accept={ACCEPTED}
            onChange={choose}
            className="sr-only"
            tabIndex={-1}
            aria-hidden="true"
          />
        </div>
        {file === null ? null : (
          <Preview
            file={file}
            onRemove={() => {
              setProblem(null);
              onChange(null);
            }}
          />
        )}
      </div>
      <p role="alert" className="mt-1.5 text-14 text-bad empty:hidden">
        {problem === null ? null : t(`shot.problem.${problem}`)}
      </p>
    </div>
  );
}

function Preview({ file, onRemove }: { file: File; onRemove: () => void }): ReactNode {
  const { t } = useTranslation('appeals');
  const { bytes } = useFormat();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return (
    <div className="mt-3 flex items-start gap-3 border-t border-line pt-3">
      {address === null ? null : (
        <img src={address} alt={t('shot.preview')} className="max-h-48 max-w-[60%] rounded-1 border border-line" />
      )}
      <p className="min-w-0 grow text-14 text-ink-2 [overflow-wrap:anywhere]">
        <bdi>{file.name}</bdi>
        <span className="block text-ink-3">{bytes(file.size)}</span>
      </p>
      <IconButton label={t('shot.remove')} small onClick={onRemove}>
        <X aria-hidden="true" size={18} strokeWidth={1.75} />
      </IconButton>
    </div>
  );
}
