/** Deciding: the reason both sides read, what each choice does, and what is left to do afterwards. */
import { Link } from '@tanstack/react-router';
import type { DmcaDossier } from '@virgil/contract';
import { Check, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actOnNotice } from '../../../api/dmca.ts';
import { useMe } from '../../../api/me.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { Field, Textarea } from '../../../ui/field.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

function useConsequences({ claimantName, creator, target }: DmcaDossier): string[] {
  const { t } = useTranslation('dmcaDesk');
  const name = creator?.displayName ?? t('gone');
  return [
    t(`decide.approveDoes.${target?.type ?? 'video'}`),
    t('decide.approveDoes.strike', { name }),
    t('decide.approveDoes.seal'),
    t('decide.approveDoes.tell', { name }),
    t('decide.approveDoes.claimant', { claimant: claimantName }),
  ];
}

function DecideForm({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const problemText = useProblemText();
  const consequences = useConsequences(dossier);
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState<'approve' | 'reject' | null>(null);
  const [unsaid, setUnsaid] = useState(false);
  const title = dossier.target?.title ?? '';

  function ask(act: 'approve' | 'reject'): void {
    const isBlank = reason.trim() === '';
    setUnsaid(isBlank);
    if (!isBlank) setAsking(act);
  }

  return (
    <>
      <Field label={t('decide.reason')} error={unsaid && reason.trim() === '' ? t('decide.needReason') : undefined}>
        <Textarea
          rows={3}
          maxLength={2000}
          className="voice text-18"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <div>
        <h3 className="mb-1 text-14">{t('decide.approving')}</h3>
        <ul className="grid gap-0.5">
          {consequences.map((text) => (
            <li key={text} className="grid grid-cols-[1.375rem_minmax(0,1fr)]">
              <Check aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 text-good" />
              {text}
            </li>
          ))}
        </ul>
        <p className="mt-2 text-ink-2">{t('decide.rejecting')}</p>
      </div>
      <div className="flex flex-wrap gap-3">
        <Button look="main" onClick={() => ask('approve')}>
          <Check aria-hidden="true" size={16} strokeWidth={1.75} />
          {t('decide.approve')}
        </Button>
        <Button onClick={() => ask('reject')}>
          <X aria-hidden="true" size={16} strokeWidth={1.75} />
          {t('decide.reject')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => (open ? undefined : setAsking(null))}
        title={t(asking === 'reject' ? 'decide.rejectTitle' : 'decide.approveTitle', { title })}
        description={
          asking === 'reject' ? (
            t('decide.rejecting')
          ) : (
            <ul className="grid list-disc gap-0.5 pl-5">
              {consequences.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )
        }
        act={t(asking === 'reject' ? 'decide.reject' : 'decide.approve')}
        dangerous={asking === 'approve'}
        problem={problemText}
        onConfirm={async () => {
          if (asking === null) return;
          await actOnNotice(dossier.id, asking, reason);
          showToast(t(asking === 'approve' ? 'decide.approved' : 'decide.rejected'));
        }}
      />
    </>
  );
}

function IncompleteActs({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const [open, setOpen] = useState<'chase' | 'void' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <div className="flex flex-wrap gap-3">
        <Button look="main" asChild>
          <Link to="/admin/dmca/$noticeId/complete" params={{ noticeId: dossier.id }}>
            {t('decide.complete')}
          </Link>
        </Button>
        <Button onClick={() => setOpen('chase')}>{t('decide.chase')}</Button>
        <Button look="bad" className="ml-4" onClick={() => setOpen('void')}>
          {t('decide.void')}
        </Button>
      </div>
      {open === 'chase' ? (
        <ReasonDialog
          title={t('decide.chaseTitle')}
          text={t('decide.chaseText')}
          label={t('decide.chaseReason')}
          act={t('decide.chase')}
          onClose={close}
          onAct={async (reason) => {
            await actOnNotice(dossier.id, 'chase', reason);
            showToast(t('decide.chased'));
          }}
        />
      ) : null}
      {open === 'void' ? (
        <ReasonDialog
          title={t('decide.voidTitle')}
          text={t('decide.voidText')}
          label={t('dossier.openReason')}
          act={t('decide.void')}
          dangerous
          onClose={close}
          onAct={async (reason) => {
            await actOnNotice(dossier.id, 'void', reason);
            showToast(t('decide.voided'));
          }}
        />
      ) : null}
    </>
  );
}

/** By hand: after a court, or where the clock ran out and the put-back did not happen by itself. */
function PutBack({ dossier, why }: { dossier: DmcaDossier; why: 'restore' | 'overdue' }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const [open, setOpen] = useState(false);
  return (
    <>
      <div>
        <Button look={why === 'overdue' ? 'main' : 'line'} onClick={() => setOpen(true)}>
          {t(`decide.${why}.act`)}
        </Button>
      </div>
      {open ? (
        <ReasonDialog
          title={t('decide.putBackTitle', { title: dossier.target?.title ?? '' })}
          text={t(`decide.${why}.text`)}
          label={t('decide.reason')}
          act={t(`decide.${why}.act`)}
          onClose={() => setOpen(false)}
          onAct={async (reason) => {
            await actOnNotice(dossier.id, 'restore', reason);
            showToast(t('decide.restored'));
          }}
        />
      ) : null}
    </>
  );
}

/** Nothing is left to decide, but what the sender did may be worth recording. */
function Closed({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const [open, setOpen] = useState(false);
  const isFound = dossier.steps.some(({ type }) => type === 'misrepresentation');
  return (
    <>
      <p>{t('decide.closed')}</p>
      {isFound || dossier.status === 'void' ? null : (
        <div>
          <Button onClick={() => setOpen(true)}>{t('decide.misrepresentation.act')}</Button>
        </div>
      )}
      {open ? (
        <ReasonDialog
          title={t('decide.misrepresentation.title')}
          text={t('decide.misrepresentation.text')}
          label={t('decide.misrepresentation.finding')}
          act={t('decide.misrepresentation.act')}
          onClose={() => setOpen(false)}
          onAct={async (finding) => {
            await actOnNotice(dossier.id, 'misrepresentation', finding);
            showToast(t('decide.misrepresentation.done'));
          }}
        />
      ) : null}
    </>
  );
}

function Choice({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const me = useMe();
  if (me && dossier.creator?.id === me.id) return <p>{t('decide.own')}</p>;
  switch (dossier.status) {
    case 'incomplete':
    case 'chased':
      return <IncompleteActs dossier={dossier} />;
    case 'valid':
      return <DecideForm dossier={dossier} />;
    case 'approved':
      return <p>{t('decide.taken')}</p>;
    case 'counter_noticed':
      return dossier.alarm === null ? <p>{t('decide.keepsDown')}</p> : <PutBack dossier={dossier} why="overdue" />;
    case 'in_court':
      return <PutBack dossier={dossier} why="restore" />;
    default:
      return <Closed dossier={dossier} />;
  }
}

export function Decision({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  return (
    <section aria-label={t('decide.label')} className="box grid gap-4">
      <Choice dossier={dossier} />
    </section>
  );
}
