import { Link } from '@tanstack/react-router';
import type { appeals as contract } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideAppeal } from '../../../api/appeals.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { StrikePips } from '../../../ui/strike-pips.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { ReasonField } from '../reason-field.tsx';

type Appeal = contract.AdminAppeal;

/** Their words, the decision they are about, and the box where it is decided. */
export function AppealEntry({ appeal }: { appeal: Appeal }): ReactNode {
  const { t } = useTranslation('standing');
  const { dateTime } = useFormat();
  const { subject, user } = appeal;
  return (
    <li className="grid gap-x-8 gap-y-4 border-b border-line py-5 lg:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Avatar person={user} size="s" />
          <Link
            to="/admin/users/$userId"
            params={{ userId: user.id }}
            className="text-16 font-[620] no-underline hover:underline"
            dir="auto"
          >
            {user.displayName}
          </Link>
          <span className="text-ink-2">{t(`appeals.against.${subject.type}`)}</span>
          <time dateTime={appeal.createdAt} className="mono text-13 text-ink-3">
            {dateTime(appeal.createdAt)}
          </time>
        </div>
        {appeal.reason === '' ? (
          <p className="mt-3 text-ink-2">{t('appeals.byLetter')}</p>
        ) : (
          <p className="voice mt-3 max-w-[66ch] text-18 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
            {appeal.reason}
          </p>
        )}
        <Decision appeal={appeal} />
      </div>
      {appeal.status === 'pending' ? <Decide appeal={appeal} /> : <Answer appeal={appeal} />}
    </li>
  );
}

function Decision({ appeal }: { appeal: Appeal }): ReactNode {
  const { t } = useTranslation('standing');
  const { dateTime } = useFormat();
  const { decision } = appeal;
  const until = decision.expiresAt === null ? t('appeals.noEnd') : dateTime(decision.expiresAt);
  const by = decision.automatic ? t('by.system') : (decision.issuedBy?.displayName ?? t('by.gone'));
  return (
    <Facts
      className="mt-4"
      facts={[
        {
          name: t('appeals.decision'),
          value: <span dir="auto">{decision.automatic ? t('byStrikes') : decision.reason}</span>,
        },
        { name: t('appeals.decidedBy'), value: by },
        { name: t('appeals.since'), value: dateTime(decision.issuedAt) },
        { name: t('appeals.until'), value: decision.active ? until : t('appeals.over') },
        { name: t('appeals.strikes'), value: <StrikePips active={appeal.activeStrikes} /> },
      ]}
    />
  );
}

function Decide({ appeal }: { appeal: Appeal }): ReactNode {
  const { t } = useTranslation('standing');
  const [words, setWords] = useState('');
  const [tried, setTried] = useState(false);
  const name = appeal.user.displayName;
  const { submit, busy, error } = useSubmit(async (decision: 'accepted' | 'denied') => {
    await decideAppeal(appeal.id, decision, words.trim());
    showToast(t(decision === 'accepted' ? 'appeals.accepted' : 'appeals.deniedDone', { name }));
  });
  if (!appeal.mayReview) return <p className="box self-start text-ink-2">{t('appeals.notYours')}</p>;

  function decide(decision: 'accepted' | 'denied'): void {
    setTried(true);
    if (words.trim() !== '') void submit(decision);
  }

  return (
    <form className="box grid gap-4 self-start" onSubmit={(event) => event.preventDefault()}>
      <ReasonField
        label={t('appeals.resolution', { name })}
        value={words}
        onChange={setWords}
        error={tried && words.trim() === '' ? t('appeals.missing', { name }) : undefined}
      />
      <p className="text-14 text-ink-2">{t(`appeals.effect.${appeal.subject.type}`)}</p>
      <FormProblem error={error} />
      <div className="flex flex-wrap gap-6">
        <Button look="main" busy={busy} onClick={() => decide('accepted')}>
          {t('appeals.accept')}
        </Button>
        <Button busy={busy} onClick={() => decide('denied')}>
          {t('appeals.deny')}
        </Button>
      </div>
    </form>
  );
}

function Answer({ appeal }: { appeal: Appeal }): ReactNode {
  const { t } = useTranslation('standing');
  const { dateTime } = useFormat();
  const { resolution, reviewedAt, reviewedBy } = appeal;
  if (reviewedAt === null) return null;
  return (
    <div className="self-start border-l-2 border-ink-3 pl-4">
      <p className="text-14 text-ink-3">
        {t('appeals.answer')}, <time dateTime={reviewedAt}>{dateTime(reviewedAt)}</time>{' '}
        {t('appeals.by', { name: reviewedBy?.displayName ?? t('by.system') })}
      </p>
      <p className="voice mt-1 text-18 whitespace-pre-line" dir="auto">
        {resolution}
      </p>
    </div>
  );
}
