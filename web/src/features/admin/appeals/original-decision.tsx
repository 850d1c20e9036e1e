/** What was decided, on what text, by whom, and how a program had rated it. */
import { Link } from '@tanstack/react-router';
import { type appealDesk, HARSH } from '@virgil/contract';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { receiptFile } from '../../../api/appeals.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Facts } from '../../../ui/facts.tsx';
import { RiskMark } from '../../../ui/risk-mark.tsx';
import { useRuleWords } from '../../../ui/rule-words.ts';
import { ScoreBars } from '../../../ui/score-bars.tsx';
import { ThresholdRule } from '../../../ui/threshold-rule.tsx';
import { Veil } from '../../../ui/veil.tsx';
import { VeiledLine } from '../../../ui/veiled-line.tsx';

type Context = appealDesk.AppealContext;
type Violation = Context['violations'][number];

export function OriginalDecision({ context }: { context: Context }): ReactNode {
  const { t } = useTranslation('appealDesk');
  return (
    <section className="mt-8">
      <div className="head mb-3">
        <h3>{t('original.title')}</h3>
      </div>
      {context.violations.map((violation) => (
        <ViolationPart key={violation.id} violation={violation} />
      ))}
      <Neighbours lines={context.neighbours} />
      <Steps steps={context.steps} />
      <ModeratorNotes notes={context.moderatorNotes} />
      <StatementPart statement={context.statement} />
    </section>
  );
}

function ViolationPart({ violation }: { violation: Violation }): ReactNode {
  const { t } = useTranslation(['appealDesk', 'queue', 'risk']);
  const { dateTime } = useFormat();
  const thresholds = { hold: violation.hold, block: violation.block };
  // What people reported was rated by nobody.
  const isRated = violation.source === 'auto';
  const ruleWords = useRuleWords();
  const isHarsh = HARSH.has(violation.category);
  const asRead = (
    <span className="mono text-14" dir="auto">
      {violation.normalisedText}
    </span>
  );
  const quote = (
    <blockquote
      className="border-l-[3px] border-ink pl-3 text-18 whitespace-pre-line [overflow-wrap:anywhere]"
      dir="auto"
    >
      {violation.content}
    </blockquote>
  );
  return (
    <div className="border-b border-line pb-5">
      {isHarsh ? <Veil why={t(`risk:category.${violation.category}`)}>{quote}</Veil> : quote}
      <p className="mt-2 text-14 text-ink-2">
        {t(`source.${violation.sourceType}`)}
        {violation.channel === null ? null : (
          <>
            , <bdi>{violation.channel.displayName}</bdi>
          </>
        )}
        , <time dateTime={violation.createdAt}>{dateTime(violation.createdAt)}</time>, {t(`action.${violation.action}`)}
      </p>
      {isRated ? (
        <div className="mt-4 grid gap-x-8 gap-y-3 md:grid-cols-2">
          <div>
            <p className="mb-2 flex items-baseline gap-2">
              <RiskMark score={violation.score} thresholds={thresholds} />
              {t(`risk:category.${violation.category}`)}
            </p>
            <ThresholdRule score={violation.score} thresholds={thresholds} className="max-w-[26rem]" />
          </div>
          <ScoreBars breakdown={violation.breakdown} category={violation.category} thresholds={thresholds} />
        </div>
      ) : (
        <p className="mt-3 text-14 text-ink-2">{t('original.unrated')}</p>
      )}
      {isRated ? (
        <Facts
          className="mt-4"
          facts={[
            { name: t('original.rule'), value: ruleWords(violation.rule) },
            {
              name: t('original.read'),
              value:
                violation.normalisedText === violation.content ? null : isHarsh ? (
                  <VeiledLine why={t('queue:hidden')}>{asRead}</VeiledLine>
                ) : (
                  asRead
                ),
            },
            {
              name: t('original.classifier'),
              value: (
                <span className="mono text-14">
                  {violation.classifier} {violation.classifierVersion}
                </span>
              ),
            },
          ]}
        />
      ) : null}
    </div>
  );
}

function Neighbours({ lines }: { lines: Context['neighbours'] }): ReactNode {
  const { t } = useTranslation(['appealDesk', 'queue']);
  const { time } = useFormat();
  if (lines.length === 0) return null;
  return (
    <details className="mt-4" open={lines.length <= 9}>
      <summary className="cursor-pointer font-[600]">{t('original.around', { count: lines.length - 1 })}</summary>
      <section
        className="mt-2 max-h-80 overflow-y-auto border-y border-line"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard too
        tabIndex={0}
        aria-label={t('original.lines')}
      >
        <ol>
          {lines.map((line) => (
            <li
              key={line.id}
              aria-current={line.isSubject ? 'true' : undefined}
              className={clsx(
                'grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-2 border-l-[3px] px-2 py-1 text-14',
                line.isSubject ? 'border-l-ink bg-surface-3' : 'border-l-transparent',
              )}
            >
              <time dateTime={line.createdAt} className="mono text-13 text-ink-3">
                {time(line.createdAt)}
              </time>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <bdi className="font-[600]">{line.author.displayName}</bdi>{' '}
                {line.veil === 'none' ? (
                  <bdi>{line.text}</bdi>
                ) : (
                  <VeiledLine why={t(line.veil === 'minors' ? 'queue:hiddenMinors' : 'queue:hidden')}>
                    <bdi>{line.text}</bdi>
                  </VeiledLine>
                )}
                {line.status === 'published' ? null : (
                  <span className="text-13 text-ink-3"> ({t(`state.${line.status as 'held'}`)})</span>
                )}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </details>
  );
}

function Steps({ steps }: { steps: Context['steps'] }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { dateTime } = useFormat();
  if (steps.length === 0) return null;
  return (
    <>
      <h4 className="mt-6 mb-1 font-[620]">{t('original.steps')}</h4>
      <ol>
        {steps.map((step) => (
          <li key={step.id} className="grid gap-x-3 border-b border-line py-2 sm:grid-cols-[8rem_minmax(0,1fr)]">
            <time dateTime={step.at} className="mono pt-px text-13 text-ink-3">
              {dateTime(step.at)}
            </time>
            <div className="min-w-0">
              <p className={clsx(step.undoneAt !== null && 'line-through')}>
                <b className="font-[620]">{t(`step.${step.kind}`, { count: step.minutes ?? 0 })}</b>
                {step.by === null ? null : (
                  <>
                    , <bdi>{step.by.displayName}</bdi>
                  </>
                )}
                {step.trigger === null ? null : `, ${t(`trigger.${step.trigger as 'threats'}`)}`}
              </p>
              <p className="text-ink-2 [overflow-wrap:anywhere]" dir="auto">
                {step.reason}
              </p>
              {step.policyReference === null ? null : <p className="mono text-13 text-ink-3">{step.policyReference}</p>}
              {step.undoneAt === null ? null : <p className="text-14 text-ink-3">{t('original.undone')}</p>}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

function ModeratorNotes({ notes }: { notes: readonly string[] }): ReactNode {
  const { t } = useTranslation('appealDesk');
  if (notes.length === 0) return null;
  return (
    <>
      <h4 className="mt-6 mb-1 font-[620]">{t('original.notes')}</h4>
      {notes.map((note) => (
        <p key={note} className="voice border-l-2 border-ink-3 py-1 pl-3 text-18 whitespace-pre-line" dir="auto">
          {note}
        </p>
      ))}
    </>
  );
}

function StatementPart({ statement }: { statement: Context['statement'] }): ReactNode {
  const { t } = useTranslation('appealDesk');
  if (statement === null) return null;
  return (
    <>
      <h4 className="mt-6 mb-1 font-[620]">{t('original.letter')}</h4>
      <p className="voice max-w-[66ch] text-18 whitespace-pre-line [overflow-wrap:anywhere]" lang="en">
        {statement.letter}
      </p>
      <p className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-14">
        <Link to="/statements/$statementId" params={{ statementId: statement.id }}>
          {t('original.statement')}
        </Link>
        {statement.receipt === null ? null : (
          <a href={receiptFile(statement.receipt)} download>
            {t('original.proof')}
          </a>
        )}
      </p>
    </>
  );
}
