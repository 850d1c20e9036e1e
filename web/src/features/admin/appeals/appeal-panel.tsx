/** One appeal, weighed: their side, the decision with everything behind it, the talk, and what accepting would undo. */
import { Link } from '@tanstack/react-router';
import type { appealDesk } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppealContext } from '../../../api/appeal-desk.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { StrikePips } from '../../../ui/strike-pips.tsx';
import { DeskPanel } from '../desk-panel.tsx';
import { HistoryPanel } from '../history-panel.tsx';
import { AppealDecision } from './appeal-decision.tsx';
import { Age } from './appeal-row.tsx';
import { AppealTalk } from './appeal-talk.tsx';
import { OriginalDecision } from './original-decision.tsx';
import { PrivateNotes } from './private-notes.tsx';

type Context = appealDesk.AppealContext;

export function AppealPanel({ id, onNext }: { id: string; onNext: () => void }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const query = useAppealContext(id);
  return (
    <DeskPanel label={t('one')} title={t('title')} backTo="/admin/appeals" back={t('back')} query={query}>
      {(context) => <Details context={context} onNext={onNext} />}
    </DeskPanel>
  );
}

function Details({ context, onNext }: { context: Context; onNext: () => void }): ReactNode {
  const { appeal } = context;
  return (
    <div className="grid gap-x-10 min-[84rem]:grid-cols-[minmax(0,1fr)_22rem] min-[84rem]:grid-rows-[auto_1fr]">
      <div className="min-w-0">
        <Head appeal={appeal} />
        <TheirSide appeal={appeal} />
        <OriginalDecision context={context} />
        <AppealTalk context={context} />
      </div>
      <aside className="mt-8 grid content-start gap-8 min-[84rem]:sticky min-[84rem]:top-4 min-[84rem]:col-start-2 min-[84rem]:row-span-2 min-[84rem]:row-start-1 min-[84rem]:mt-5 min-[84rem]:max-h-[calc(100dvh-2rem)] min-[84rem]:self-start min-[84rem]:overflow-y-auto">
        <AppealDecision context={context} onNext={onNext} />
        <PrivateNotes context={context} />
      </aside>
      <div className="min-w-0">
        <Earlier earlier={context.earlier} />
        <HistoryPanel userId={appeal.user.id} className="mt-8" />
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="mt-8">
      <div className="head mb-3">
        <h3>{title}</h3>
      </div>
      {children}
    </section>
  );
}

function Head({ appeal }: { appeal: Context['appeal'] }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { dateTime } = useFormat();
  const { decision, user } = appeal;
  const by = decision.automatic ? t('by.program') : (decision.issuedBy?.displayName ?? t('by.gone'));
  const until = decision.expiresAt === null ? t('noEnd') : dateTime(decision.expiresAt);
  return (
    <header className="py-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Avatar person={user} size="s" />
        <h2 className="text-21">
          <Link
            to="/admin/users/$userId"
            params={{ userId: user.id }}
            className="text-ink no-underline hover:underline"
            dir="auto"
          >
            {user.displayName}
          </Link>
        </h2>
        <span className="text-ink-2">{t(`against.${appeal.subject.type}`)}</span>
        <span className="text-14 text-ink-3">
          {appeal.status === 'pending' ? (
            <>
              {t('waits')} <Age since={appeal.createdAt} />
            </>
          ) : (
            t(`status.${appeal.status}`)
          )}
        </span>
      </div>
      <Facts
        className="mt-4"
        facts={[
          {
            name: t('decision'),
            value: (
              <span dir="auto">
                {decision.automatic && appeal.subject.type === 'penalty'
                  ? t('byStrikes')
                  : decision.reason || t('noReason')}
              </span>
            ),
          },
          { name: t('decidedBy'), value: <span dir="auto">{by}</span> },
          {
            name: t('channel'),
            value: decision.channel === null ? null : <span dir="auto">{decision.channel.displayName}</span>,
          },
          { name: t('since'), value: dateTime(decision.issuedAt) },
          { name: t('until'), value: decision.active ? until : t('over') },
          { name: t('strikes'), value: <StrikePips active={appeal.activeStrikes} /> },
        ]}
      />
    </header>
  );
}

function TheirSide({ appeal }: { appeal: Context['appeal'] }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { dateTime } = useFormat();
  return (
    <Section title={t('theirSide', { name: appeal.user.displayName })}>
      <time dateTime={appeal.createdAt} className="mono text-13 text-ink-3">
        {dateTime(appeal.createdAt)}
      </time>
      {appeal.reason === '' ? (
        <p className="mt-1 text-ink-2">{t('byLetter')}</p>
      ) : (
        <p className="voice mt-1 max-w-[66ch] text-18 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
          {appeal.reason}
        </p>
      )}
      {appeal.screenshotUrl === null ? null : (
        <a href={appeal.screenshotUrl} download className="mt-3 inline-block">
          <img
            src={appeal.screenshotUrl}
            alt={t('screenshot', { name: appeal.user.displayName })}
            loading="lazy"
            className="max-h-80 max-w-full rounded-1 border border-line"
          />
        </a>
      )}
    </Section>
  );
}

function Earlier({ earlier }: { earlier: Context['earlier'] }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { date } = useFormat();
  if (earlier.length === 0) return null;
  return (
    <Section title={t('earlier')}>
      <ul>
        {earlier.map((each) => (
          <li key={each.id} className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2">
            <time dateTime={each.createdAt} className="mono text-13 text-ink-3">
              {date(each.createdAt)}
            </time>
            <div className="min-w-0">
              <Link to="/admin/appeals/$appealId" params={{ appealId: each.id }} search={(search) => search}>
                {t(`against.${each.subject.type}`)}, {t(`status.${each.status}`)}
              </Link>
              <p className="truncate text-14 text-ink-2" dir="auto">
                {each.reason}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
