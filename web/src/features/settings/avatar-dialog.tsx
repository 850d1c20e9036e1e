import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { Slider } from '../../ui/slider.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { type Crop, clampCrop, cropSquare, dragCrop, MAX_ZOOM, WHOLE } from './crop.ts';

const WINDOW = 256;
const OUTPUT = 512;

async function cut(picture: HTMLImageElement, crop: Crop): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = OUTPUT;
  canvas.height = OUTPUT;
  const { left, top, side } = cropSquare(sizeOf(picture), crop);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, left, top, side, side, 0, 0, OUTPUT, OUTPUT);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be cut'))),
      'image/webp',
      0.92,
    );
  });
}

function sizeOf(picture: HTMLImageElement): { width: number; height: number } {
  return { width: picture.naturalWidth, height: picture.naturalHeight };
}

const STEPS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: 8, y: 0 },
  ArrowRight: { x: -8, y: 0 },
  ArrowUp: { x: 0, y: 8 },
  ArrowDown: { x: 0, y: -8 },
};

/** Drag the picture, or move it with the arrow keys; the slider zooms. */
export function AvatarDialog({
  picture,
  onCut,
  onClose,
}: {
  picture: HTMLImageElement;
  onCut: (cut: Blob) => Promise<void>;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const size = sizeOf(picture);
  const [crop, setCrop] = useState<Crop>(WHOLE);
  const from = useRef<{ x: number; y: number } | null>(null);
  const { submit, busy, error } = useSubmit(async () => {
    await onCut(await cut(picture, crop));
    onClose();
  });

  const { left, top, side } = cropSquare(size, crop);
  const scale = WINDOW / side;

  function drag(event: PointerEvent): void {
    const start = from.current;
    if (!start) return;
    const moved = { x: event.clientX - start.x, y: event.clientY - start.y };
    from.current = { x: event.clientX, y: event.clientY };
    setCrop((now) => dragCrop(size, now, moved, WINDOW));
  }

  function step(event: KeyboardEvent): void {
    const moved = STEPS[event.key];
    if (!moved) return;
    event.preventDefault();
    setCrop((now) => dragCrop(size, now, moved, WINDOW));
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('avatar.cropTitle')}
      description={t('avatar.cropText')}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="main" busy={busy} onClick={() => void submit()}>
            {t(busy ? 'common:saving' : 'avatar.use')}
          </Button>
        </>
      }
    >
      <div className="grid justify-items-center gap-5">
        {/* biome-ignore lint/a11y/useSemanticElements: there is no element for a picture that is moved */}
        <div
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the picture, so it must take the focus
          tabIndex={0}
          aria-label={t('avatar.cropLabel')}
          className="relative cursor-move touch-none overflow-hidden rounded-person bg-surface-2 select-none"
          style={{ width: WINDOW, height: WINDOW }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            from.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerMove={drag}
          onPointerUp={() => {
            from.current = null;
          }}
          onPointerCancel={() => {
            from.current = null;
          }}
          onKeyDown={step}
        >
          <img
            src={picture.src}
            alt=""
            draggable={false}
            className="absolute max-w-none origin-top-left"
            style={{ width: size.width * scale, left: -left * scale, top: -top * scale }}
          />
        </div>
        <Slider
          label={t('avatar.zoom')}
          min={1}
          max={MAX_ZOOM}
          step={0.05}
          value={crop.zoom}
          onChange={(zoom) => setCrop((now) => clampCrop(size, { ...now, zoom }))}
          className="max-w-64"
        />
        <FormProblem error={error} />
      </div>
    </Dialog>
  );
}
