import { type dossiers, type PlatformRole, platformRole, type Tier, tier as tiers } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setRole, setTier } from '../../../api/admin-users.ts';
import { unbanUser } from '../../../api/standing.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { Select } from '../../../ui/field.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { IssueDialog } from '../penalties/issue-dialog.tsx';
import { ReasonField } from '../reason-field.tsx';

type Change = { readonly act: 'tier'; readonly tier: Tier } | { readonly act: 'role'; readonly role: PlatformRole };

/** The box of the page: what can be decided about this person. */
export function DecisionBar({ dossier }: { dossier: dossiers.Dossier }): ReactNode {
  const { t } = useTranslation('standing');
  if (!dossier.mayDecide) return <p className="box text-ink-2">{t('dossier.self')}</p>;
  return (
    <section aria-label={t('dossier.standing')} className="box grid gap-5">
      <Grants dossier={dossier} />
      <Account dossier={dossier} />
    </section>
  );
}

function Grants({ dossier }: { dossier: dossiers.Dossier }): ReactNode {
  const { t } = useTranslation(['standing', 'admin', 'common']);
  const problemText = useProblemText();
  const [change, setChange] = useState<Change | null>(null);
  const { displayName: name, id, role, tier } = dossier.user;
  const asked = change === null ? null : question(change);

  function question(wanted: Change): { title: string; text: string; act: string } {
    if (wanted.act === 'tier') {
      const word = t(`common:tier.${wanted.tier}`);
      return {
        title: t('admin:tierTitle', { name, tier: word }),
        text: t(wanted.tier === 'free' ? 'admin:tierFreeText' : 'admin:tierText', { name }),
        act: t('admin:tierAct', { tier: word }),
      };
    }
    const word = t(`common:platformRole.${wanted.role}`);
    return {
      title: t('admin:roleTitle', { name, role: word }),
      text: t(`admin:roleText.${wanted.role}`, { name }),
      act: t('admin:roleAct', { role: word }),
    };
  }

  return (
    <div className="grid grid-cols-2 gap-3">
      <Select
        aria-label={t('admin:tierOf', { name })}
        value={tier}
        onChange={(event) => setChange({ act: 'tier', tier: event.target.value as Tier })}
      >
        {tiers.options.map((each) => (
          <option key={each} value={each}>
            {t(`common:tier.${each}`)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('admin:roleOf', { name })}
        value={role}
        onChange={(event) => setChange({ act: 'role', role: event.target.value as PlatformRole })}
      >
        {platformRole.options.map((each) => (
          <option key={each} value={each}>
            {t(`common:platformRole.${each}`)}
          </option>
        ))}
      </Select>
      <ConfirmDialog
        open={change !== null}
        onOpenChange={(open) => {
          if (!open) setChange(null);
        }}
        title={asked?.title ?? ''}
        description={asked?.text ?? ''}
        act={asked?.act ?? ''}
        dangerous={change?.act === 'role' && change.role === 'admin'}
        problem={problemText}
        onConfirm={async () => {
          if (change?.act === 'tier') await setTier(id, change.tier);
          if (change?.act === 'role') await setRole(id, change.role);
        }}
      />
    </div>
  );
}

function Account({ dossier }: { dossier: dossiers.Dossier }): ReactNode {
  const { t } = useTranslation('standing');
  const problemText = useProblemText();
  const [asked, setAsked] = useState<'ban' | 'unban' | null>(null);
  const [reason, setReason] = useState('');
  const { activeStrikes, displayName: name, id, standing } = dossier.user;
  const isDecided = dossier.penalties.some(({ active, cause }) => active && cause === 'decision');
  const close = () => setAsked(null);

  async function unban(): Promise<void> {
    if (reason.trim() === '') throw new MissingReason();
    await unbanUser(id, reason.trim());
    showToast(t('dossier.unbanned', { name }));
    setReason('');
  }

  return (
    <div className="flex flex-wrap items-center gap-6 border-t border-line pt-5">
      {standing === 'banned' ? (
        <Button look="main" onClick={() => setAsked('unban')}>
          {t('dossier.unban')}
        </Button>
      ) : null}
      {isDecided ? null : (
        <Button look="bad" className="ml-auto" onClick={() => setAsked('ban')}>
          {t('dossier.ban')}
        </Button>
      )}
      {asked === 'ban' ? <IssueDialog person={dossier.user} onClose={close} /> : null}
      <ConfirmDialog
        open={asked === 'unban'}
        onOpenChange={(open) => {
          if (!open) close();
        }}
        title={t('dossier.unbanTitle', { name })}
        description={t('dossier.unbanText', { count: activeStrikes })}
        act={t('dossier.unbanAct')}
        problem={(error) =>
          error instanceof MissingReason ? t('dossier.reasonMissing', { name }) : problemText(error)
        }
        onConfirm={unban}
      >
        <ReasonField label={t('dossier.reason', { name })} value={reason} onChange={setReason} />
      </ConfirmDialog>
    </div>
  );
}

class MissingReason extends Error {}
