import { Camera } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import type { Capture } from './use-capture.ts';

/** One's own picture, mirrored like a mirror, never heard. */
export function Preview({ capture, onAir }: { capture: Capture; onAir: boolean }): ReactNode {
  const { t } = useTranslation('studio');
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (element.current) element.current.srcObject = capture.video ? new MediaStream([capture.video]) : null;
  }, [capture.video]);
  const failure = capture.failure;
  return (
    <div className="relative aspect-video w-full overflow-hidden bg-video-ground text-video-ink [color-scheme:dark]">
      <video
        ref={element}
        autoPlay
        playsInline
        muted
        aria-label={t('previewOf')}
        className={capture.picture === 'camera' ? 'size-full -scale-x-100 object-contain' : 'size-full object-contain'}
      />
      <p className="absolute top-0 left-0 flex items-center gap-2 bg-video-ground px-3 py-1.5 text-14 font-[560]">
        {onAir ? <span className="live-dot" /> : null}
        {onAir ? t('onAir') : t('previewOnly')}
      </p>
      {capture.video ? null : (
        <div className="absolute inset-0 grid place-content-center px-6">
          <div className="max-w-[32rem]">
            <p className="text-21 font-[640]">{failure ? t(`failure.${failure}.title`) : t('noPicture')}</p>
            <p className="mt-1.5 opacity-85">{failure ? t(`failure.${failure}.text`) : t('noPictureText')}</p>
            {failure === 'insecure' || failure === 'unsupported' ? null : (
              <Button
                className="mt-4"
                busy={capture.asking}
                onClick={() => void capture.openCamera(null).then(() => capture.openMicrophone(null))}
              >
                <Camera aria-hidden="true" size={18} strokeWidth={1.75} />
                {t('turnOnBoth')}
              </Button>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
