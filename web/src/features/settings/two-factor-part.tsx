import type { accounts } from '@virgil/contract';
import { ShieldCheck, ShieldOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { refreshMe } from '../../api/me.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { showToast } from '../../ui/toast.tsx';
import { BackupCodes } from './backup-codes.tsx';
import { Part } from './part.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { TwoFactorSetup } from './two-factor-setup.tsx';

type Open = 'setup' | 'off' | 'codes' | null;

export function TwoFactorPart({ me }: { me: accounts.Me }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const [open, setOpen] = useState<Open>(null);
  const [fresh, setFresh] = useState<readonly string[] | null>(null);
  const close = (): void => setOpen(null);
  const Icon = me.twoFactorEnabled ? ShieldCheck : ShieldOff;

  return (
    <Part title={t('twoFactor.title')} text={t('twoFactor.text')}>
      <p className="mb-4 flex items-center gap-2.5 font-[560]">
        <Icon
          aria-hidden="true"
          size={20}
          strokeWidth={1.75}
          className={me.twoFactorEnabled ? 'text-good' : 'text-ink-3'}
        />
        {t(me.twoFactorEnabled ? 'twoFactor.on' : 'twoFactor.off')}
      </p>
      <div className="flex flex-wrap gap-3">
        {me.twoFactorEnabled ? (
          <>
            <Button onClick={() => setOpen('codes')}>{t('twoFactor.newCodes')}</Button>
            <Button look="bad" className="ml-4" onClick={() => setOpen('off')}>
              {t('twoFactor.switchOff')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setOpen('setup')}>{t('twoFactor.switchOn')}</Button>
        )}
      </div>
      <Dialog
        open={open === 'setup'}
        onOpenChange={(next) => {
          if (!next) close();
        }}
        title={t('twoFactor.setupTitle')}
      >
        <TwoFactorSetup
          onDone={async () => {
            await refreshMe();
            close();
            showToast(t('twoFactor.nowOn'));
          }}
        />
      </Dialog>
      <PasswordDialog
        open={open === 'off'}
        onClose={close}
        title={t('twoFactor.offTitle')}
        text={t('twoFactor.offText')}
        act={t('twoFactor.switchOff')}
        dangerous
        onPassword={async (password) => {
          answered(await auth.twoFactor.disable({ password }));
          await refreshMe();
          showToast(t('twoFactor.nowOff'));
        }}
      />
      <PasswordDialog
        open={open === 'codes'}
        onClose={close}
        title={t('twoFactor.codesTitle')}
        text={t('twoFactor.codesText')}
        act={t('twoFactor.newCodes')}
        onPassword={async (password) => {
          setFresh(answered(await auth.twoFactor.generateBackupCodes({ password })).backupCodes);
        }}
      />
      <Dialog
        open={fresh !== null}
        onOpenChange={(next) => {
          if (!next) setFresh(null);
        }}
        title={t('twoFactor.codesReady')}
        description={t('twoFactor.keep')}
        foot={
          <Button look="main" onClick={() => setFresh(null)}>
            {t('twoFactor.kept')}
          </Button>
        }
      >
        <BackupCodes codes={fresh ?? []} />
      </Dialog>
    </Part>
  );
}
