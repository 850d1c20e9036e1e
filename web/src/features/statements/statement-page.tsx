/** A statement of reasons as a letter: what was decided and why, its facts, and what one can do about it. */
import '../../ui/voice.css';
import { Link, useParams } from '@tanstack/react-router';
import type { statements } from '@virgil/contract';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { proofOf, useStatementOfReasons } from '../../api/statements.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { NoticeLink } from '../../ui/notice-link.tsx';
import { PolicyLink } from '../../ui/policy-link.tsx';
import { Road } from '../../ui/road.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';

type Statement = statements.StatementOfReasons;

export function StatementPage(): ReactNode {
  const { t } = useTranslation('statements');
  const { statementId } = useParams({ from: '/statements/$statementId' });
  const query = useStatementOfReasons(statementId);
  usePageTitle(t('title'));
  return (
    <div className="page max-w-[72rem]">
      <p className="mb-4">
        <Link to="/inbox" className="text-14">
          <ArrowLeft aria-hidden="true" size={16} strokeWidth={1.75} className="mr-1 inline" />
          {t('toInbox')}
        </Link>
      </p>
      {query.isPending ? <SkeletonRows rows={5} /> : null}
      {query.isError ? <ErrorState heading="h1" error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Reasons statement={query.data} /> : null}
    </div>
  );
}

function Reasons({ statement }: { statement: Statement }): ReactNode {
  const { t, i18n } = useTranslation('statements');
  return (
    <div className="grid gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,44rem)_minmax(0,1fr)]">
      <article className="border-t-[3px] border-ink pt-6" aria-labelledby="what">
        <h1 id="what" className="max-w-[24ch] text-27 sm:text-36">
          {t(`heading.${statement.restriction}`)}
        </h1>
        <p className="voice mt-4 max-w-[60ch] text-21 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
          {t('reason', { reason: statement.reason })}
        </p>
        <StatementFacts statement={statement} />
        <details className="mt-8">
          <summary className="cursor-pointer py-1 text-ink-2">{t('letter')}</summary>
          {i18n.language === 'de' ? <p className="mt-2 text-14 text-ink-3">{t('german')}</p> : null}
          <p
            className="voice mt-3 max-w-[60ch] text-18 whitespace-pre-line [overflow-wrap:anywhere]"
            lang="en"
            dir="auto"
          >
            {statement.letter}
          </p>
        </details>
      </article>
      <aside>
        <h2 className="mb-4 text-18">{t('next')}</h2>
        <Redress statement={statement} />
      </aside>
    </div>
  );
}

function StatementFacts({ statement }: { statement: Statement }): ReactNode {
  const { t } = useTranslation('statements');
  const { dateTime } = useFormat();
  const { automated, ground, receipt, reversal, source, subject, until, warning } = statement;
  const byProgram = source === 'own_initiative' && automated.detection;
  return (
    <Facts
      className="mt-6"
      facts={[
        { name: t('fact.about'), value: subject === null ? null : <Subject subject={subject} /> },
        {
          name: t(ground.kind === 'illegal' ? 'fact.law' : 'fact.rule'),
          value: <Rule statement={statement} />,
        },
        { name: t('fact.noticed'), value: t(byProgram ? 'noticed.program' : `noticed.${source}`) },
        { name: t('fact.decided'), value: t(`decider.${automated.decision}`) },
        {
          name: t('fact.from'),
          value: <time dateTime={statement.issuedAt}>{dateTime(statement.issuedAt)}</time>,
        },
        {
          name: t('fact.until'),
          // A strike alone says its own end in its warning.
          value:
            until !== null ? (
              <time dateTime={until}>{dateTime(until)}</time>
            ) : statement.restriction === 'strike' || statement.restriction === 'warning' ? null : (
              t('untilLifted')
            ),
        },
        {
          name: t('fact.takenBack'),
          value:
            reversal === null ? null : (
              <>
                <time dateTime={reversal.at}>{dateTime(reversal.at)}</time>
                {isKnown(reversal.because) ? `, ${t(`because.${reversal.because}`)}` : ''}
              </>
            ),
        },
        {
          name: 'Strike',
          value: warning === null ? null : <span lang="en">{warning}</span>,
        },
        {
          name: t('fact.proof'),
          value:
            receipt === null ? null : (
              <a href={proofOf(receipt)} download>
                {t('proof')}
              </a>
            ),
        },
      ]}
    />
  );
}

/** By name in the page's language, with the way to the whole text; as it was given then, in English, below. */
function Rule({ statement }: { statement: Statement }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { category, ground, policyReference } = statement;
  const policyId = category === 'copyright' ? 'copyright' : 'community-rules';
  return (
    <>
      {policyReference === null ? (
        <Link to="/policies/$policyId" params={{ policyId }}>
          {t(`category.${category}`)}
        </Link>
      ) : (
        <PolicyLink reference={policyReference} />
      )}
      <span className="block text-14 text-ink-2" lang="en">
        {ground.rule}. {ground.explanation}
      </span>
    </>
  );
}

const CAUSES = ['appeal', 'retraction', 'put_back', 'decision'] as const;
const isKnown = (because: string): because is (typeof CAUSES)[number] => CAUSES.some((cause) => cause === because);

function Subject({ subject }: { subject: NonNullable<Statement['subject']> }): ReactNode {
  const { t } = useTranslation('statements');
  const { dateTime } = useFormat();
  return (
    <>
      <blockquote className="border-l-2 border-ink-3 pl-3" dir="auto">
        {subject.title}
      </blockquote>
      <span className="block text-14 text-ink-3">{t(`subject.${subject.type}`, { when: dateTime(subject.at) })}</span>
      {subject.type === 'video' ? (
        <Link to="/videos/$videoId" params={{ videoId: subject.id }} className="text-14">
          {t('openVideo')}
        </Link>
      ) : null}
    </>
  );
}

function Redress({ statement }: { statement: Statement }): ReactNode {
  const { t } = useTranslation('statements');
  const { dateTime } = useFormat();
  const me = useMe();
  const { subject } = statement;
  const isOpen = statement.reversal === null;
  const mayAppeal = statement.appeal !== null && isOpen;
  return (
    <Road
      label={t('next')}
      steps={[
        { key: 'decided', state: 'done', title: t('decided'), text: dateTime(statement.issuedAt) },
        {
          key: 'appeal',
          state: isOpen ? 'here' : 'done',
          title: t('appeal'),
          text: mayAppeal ? (
            <>
              <p>{t('appealText')}</p>
              {me ? (
                <p className="mt-2">
                  <Button look="main" asChild>
                    <Link to="/settings/account/appeals">{t('appealOpen')}</Link>
                  </Button>
                </p>
              ) : null}
              {me && statement.decidedBy === 'dmca' && (subject?.type === 'video' || subject?.type === 'livestream') ? (
                <p className="mt-3 empty:hidden">
                  <NoticeLink about={[{ type: subject.type, id: subject.id }]} />
                </p>
              ) : null}
            </>
          ) : isOpen ? (
            t(statement.restriction === 'account_terminated' ? 'noAppeal' : 'noAppealHere')
          ) : null,
        },
        { key: 'outside', state: 'ahead', title: t('outside'), text: t('outsideText') },
        { key: 'outcome', state: 'ahead', title: t('outcome'), text: t('outcomeText') },
      ]}
    />
  );
}
