/** Every key of the desk. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { ACTS, type Keys, keyName } from './key-map.ts';

export function KeysDialog({ keys, onClose }: { keys: Keys; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['queue', 'shell']);
  const rows: readonly (readonly [string, string])[] = [
    ...ACTS.map((act) => [keyName(keys[act]), t(`keyOf.${act}`)] as const),
    ['1 … 9', t('keyOf.choose')],
    ['Enter', t('keyOf.confirm')],
    ['Esc', t('keyOf.cancel')],
    ['Ctrl K', t('shell:keys.palette')],
  ];
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('keysTitle')}
      description={t('keysIntro')}
    >
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2.5">
        {rows.map(([key, words]) => (
          <div key={key} className="contents">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
