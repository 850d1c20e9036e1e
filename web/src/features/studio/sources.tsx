import { Camera, Mic, Monitor } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { LevelBar } from './level-bar.tsx';
import type { Capture } from './use-capture.ts';

const ICON = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Three columns under the preview: camera, microphone, screen. */
export function Sources({ capture }: { capture: Capture }): ReactNode {
  const { t } = useTranslation('studio');
  const camera = capture.picture === 'camera' ? capture.video?.getSettings().deviceId : undefined;
  return (
    <div className="grid border-x border-b border-line sm:grid-cols-3">
      <Source icon={<Camera {...ICON} />} label={t('camera')}>
        {capture.devices.cameras.some((device) => device.label) && capture.video ? (
          <Select
            aria-label={t('camera')}
            value={camera ?? ''}
            onChange={(event) => void capture.openCamera(event.target.value || null)}
          >
            {camera ? null : <option value="">{t('pickCamera')}</option>}
            {capture.devices.cameras.map((device, index) => (
              <option key={device.deviceId} value={device.deviceId}>
                {device.label || t('cameraNumber', { number: index + 1 })}
              </option>
            ))}
          </Select>
        ) : (
          <Button small busy={capture.asking} onClick={() => void capture.openCamera(null)}>
            {t('turnOnCamera')}
          </Button>
        )}
      </Source>
      <Source icon={<Mic {...ICON} />} label={t('microphone')}>
        {capture.audio ? (
          <div className="grid gap-2.5">
            <Select
              aria-label={t('microphone')}
              value={capture.audio.getSettings().deviceId ?? ''}
              onChange={(event) =>
                event.target.value === 'off'
                  ? capture.dropMicrophone()
                  : void capture.openMicrophone(event.target.value)
              }
            >
              {capture.devices.microphones.map((device, index) => (
                <option key={device.deviceId} value={device.deviceId}>
                  {device.label || t('microphoneNumber', { number: index + 1 })}
                </option>
              ))}
              <option value="off">{t('noMicrophone')}</option>
            </Select>
            <LevelBar track={capture.audio} />
          </div>
        ) : (
          <>
            <Button small onClick={() => void capture.openMicrophone(null)}>
              {t('turnOnMicrophone')}
            </Button>
            {capture.microphoneFailure ? (
              <p role="alert" className="mt-2 text-14 text-warn">
                {t(`failure.${capture.microphoneFailure}.text`)}
              </p>
            ) : null}
          </>
        )}
      </Source>
      <Source icon={<Monitor {...ICON} />} label={t('screen')}>
        {capture.picture === 'screen' ? (
          <Button small onClick={() => void capture.openCamera(null)}>
            {t('stopScreen')}
          </Button>
        ) : (
          <Button small onClick={() => void capture.shareScreen()}>
            {t('shareScreen')}
          </Button>
        )}
      </Source>
    </div>
  );
}

function Source({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }): ReactNode {
  return (
    <div className="border-line px-4 py-3.5 not-first:border-t sm:not-first:border-t-0 sm:not-first:border-l">
      <p className="mb-2 flex items-center gap-2 text-14 text-ink-2">
        {icon}
        {label}
      </p>
      {children}
    </div>
  );
}
