import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { passkeysWork } from '../../api/passkey-support.ts';
import { queryClient } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { deviceName } from './device-name.ts';
import { Part } from './part.tsx';

const passkeysKey = ['auth', 'passkeys'];

export function PasskeysPart(): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { date } = useFormat();
  const problemText = useProblemText();
  const supported = passkeysWork();
  const query = useQuery({
    queryKey: passkeysKey,
    queryFn: async () => answered(await auth.passkey.listUserPasskeys()),
  });
  const [removing, setRemoving] = useState<{ id: string; name: string } | null>(null);
  const adding = useSubmit(async () => {
    try {
      const name = deviceName(navigator.userAgent);
      answered(await auth.passkey.addPasskey(name ? { name } : {}));
      await queryClient.invalidateQueries({ queryKey: passkeysKey });
      showToast(t('passkeys.added'));
    } catch (error) {
      showToast(problemText(error), { tone: 'bad' });
    }
  });

  return (
    <Part
      title={t('passkeys.title')}
      text={t(supported ? 'passkeys.text' : 'passkeys.unsupported')}
      side={
        supported ? (
          <Button small busy={adding.busy} onClick={() => void adding.submit()}>
            {t('passkeys.add')}
          </Button>
        ) : null
      }
    >
      {query.isPending ? <SkeletonRows rows={1} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data?.length === 0 ? <p className="text-ink-3">{t('passkeys.none')}</p> : null}
      <ul className="rows">
        {query.data?.map((passkey) => {
          const name = passkey.name || t('passkeys.unnamed');
          return (
            <li key={passkey.id} className="flex items-center gap-4 py-3">
              <KeyRound aria-hidden="true" size={20} strokeWidth={1.75} className="flex-none text-ink-3" />
              <div className="min-w-0 grow">
                <p className="truncate font-[560]">{name}</p>
                <p className="text-14 text-ink-3">{t('passkeys.since', { date: date(passkey.createdAt) })}</p>
              </div>
              <Button
                small
                aria-label={t('passkeys.removeOf', { name })}
                onClick={() => setRemoving({ id: passkey.id, name })}
              >
                {t('common:remove')}
              </Button>
            </li>
          );
        })}
      </ul>
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => {
          if (!open) setRemoving(null);
        }}
        title={t('passkeys.removeTitle', { name: removing?.name ?? '' })}
        description={t('passkeys.removeText')}
        act={t('common:remove')}
        dangerous
        problem={problemText}
        onConfirm={async () => {
          if (!removing) return;
          answered(await auth.passkey.deletePasskey({ id: removing.id }));
          await queryClient.invalidateQueries({ queryKey: passkeysKey });
          showToast(t('passkeys.removed'));
        }}
      />
    </Part>
  );
}
