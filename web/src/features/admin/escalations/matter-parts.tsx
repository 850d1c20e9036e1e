/** What a matter stands on: the text where it stands, its score in words, what was blocked beside it, strikes. */
import { Link } from '@tanstack/react-router';
import type { desk, escalations } from '@virgil/contract';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { noteLook } from '../../../api/desk.ts';
import { useFormat } from '../../../i18n/format.ts';
import { RiskMark } from '../../../ui/risk-mark.tsx';
import { useRuleWords } from '../../../ui/rule-words.ts';
import { ScoreBars } from '../../../ui/score-bars.tsx';
import { ThresholdRule } from '../../../ui/threshold-rule.tsx';
import { Veil } from '../../../ui/veil.tsx';
import { VeiledLine } from '../../../ui/veiled-line.tsx';
import { WithName } from '../../../ui/with-name.tsx';

type Details = escalations.EscalationDetails;

/** Seconds before or after, as `−14 s`. */
function distance(from: string, to: string, duration: (seconds: number) => string): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  if (seconds === 0) return '0 s';
  return `${seconds < 0 ? '−' : '+'}${duration(Math.abs(seconds))}`;
}

export function TextInPlace({ details, review }: { details: Details; review: desk.ReviewDetails }): ReactNode {
  const { t } = useTranslation('escalations');
  const { escalation, textState } = details;
  // Lost, it harms nobody: the next look counts the item once.
  const look = () => void noteLook(review.item.id).catch(() => undefined);
  const content = <TextAndNeighbours review={review} onShow={look} />;
  return (
    <section>
      <div className="head">
        <h3>{t('textHead')}</h3>
        {escalation.source === null ? null : (
          <p className="text-14 text-ink-3">
            {t(`source.${escalation.source}`)}. {t(`textState.${textState ?? 'gone'}`)}
          </p>
        )}
      </div>
      {escalation.hidePreview || review.item.isHarsh ? (
        <Veil why={t('hidden')} className="mt-3" onShow={look}>
          {content}
        </Veil>
      ) : (
        content
      )}
      <p className="mt-3 text-14">
        <Link to="/moderation/queue/$itemId" params={{ itemId: review.item.id }}>
          {t('atTheDesk')}
        </Link>
      </p>
      <Earlier review={review} />
    </section>
  );
}

function TextAndNeighbours({ review, onShow }: { review: desk.ReviewDetails; onShow: () => void }): ReactNode {
  const { t } = useTranslation('escalations');
  const { dateTime, duration } = useFormat();
  const subject = review.neighbours.find(({ isSubject }) => isSubject);
  return (
    <>
      <blockquote
        className="mt-3 border-l-[3px] border-(--risk-2-fill) pl-4 text-21 whitespace-pre-line [overflow-wrap:anywhere]"
        dir="auto"
      >
        {review.text}
      </blockquote>
      <h4 className="mt-5 mb-1 text-14 font-[620]">{t('around')}</h4>
      {review.neighbours.length < 2 ? <p className="text-14 text-ink-3">{t('noNeighbours')}</p> : null}
      <ol>
        {review.neighbours.map((line) => (
          <li
            key={line.id}
            className={clsx(
              'grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 border-l-[3px] py-0.5 pl-2',
              line.isSubject ? 'border-l-(--risk-2-fill) bg-surface-2 font-[560]' : 'border-l-transparent',
            )}
          >
            <time dateTime={line.at} title={dateTime(line.at)} className="mono pt-px text-right text-13 text-ink-3">
              {subject === undefined ? dateTime(line.at) : distance(subject.at, line.at, duration)}
            </time>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <bdi className="mr-1.5 font-[600]">{line.author.displayName}</bdi>
              <span className={line.status === 'published' || line.isSubject ? '' : 'text-ink-3'} dir="auto">
                {line.isSubject || line.veil === 'none' ? (
                  line.text
                ) : (
                  <VeiledLine why={t('hidden')} onShow={onShow}>
                    {line.text}
                  </VeiledLine>
                )}
              </span>
              {line.status === 'published' || line.isSubject ? null : (
                <span className="ml-1.5 text-13 text-ink-3">({t(`history.became.${line.status}`)})</span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Earlier({ review }: { review: desk.ReviewDetails }): ReactNode {
  const { t } = useTranslation(['escalations', 'standing']);
  const { dateTime } = useFormat();
  const decisions = review.decisions.filter(({ undoneAt }) => undoneAt === null);
  if (decisions.length === 0) return null;
  return (
    <>
      <h4 className="mt-5 mb-1 text-14 font-[620]">{t('earlierHead')}</h4>
      <ol>
        {decisions.map((each) => (
          <li key={each.id} className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 border-b border-line py-1.5">
            <time dateTime={each.at} className="mono pt-px text-13 text-ink-3">
              {dateTime(each.at)}
            </time>
            <p className="min-w-0">
              {isReview(each.kind) ? t(`history.review.${each.kind}`) : each.kind}
              {each.by === null ? null : (
                <>
                  , <bdi>{each.by.displayName}</bdi>
                </>
              )}
              {each.reason ? (
                <span className="voice block text-16 text-ink-2 [overflow-wrap:anywhere]" dir="auto">
                  {each.reason}
                </span>
              ) : null}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}

const REVIEWS = ['approve', 'reject', 'escalate'] as const;
const isReview = (kind: string): kind is (typeof REVIEWS)[number] => REVIEWS.some((each) => each === kind);

/** A number never comes alone: shape, place on the rule, a sentence, and every category. */
export function Score({ details, review }: { details: Details; review: desk.ReviewDetails }): ReactNode {
  const { t } = useTranslation(['escalations', 'risk']);
  const ruleWords = useRuleWords();
  const { category, riskScore, thresholds } = details.escalation;
  const { reports, score } = review;
  return (
    <section className="grid gap-4">
      <div className="head">
        <h3>{t('scoreHead')}</h3>
      </div>
      {riskScore === null ? null : (
        <div>
          <p className="flex flex-wrap items-baseline gap-3">
            <RiskMark score={riskScore} large {...(thresholds === null ? {} : { thresholds })} />
            {category === null ? null : <span className="font-[620]">{t(`risk:category.${category}`)}</span>}
          </p>
          <ThresholdRule score={riskScore} className="mt-2" {...(thresholds === null ? {} : { thresholds })} />
        </div>
      )}
      {score === null || category === null ? (
        <p className="text-14 text-ink-2">{t('noScore')}</p>
      ) : (
        <>
          <p className="text-14 text-ink-2">
            {t('byProgram', { classifier: score.classifier, version: score.version, rule: ruleWords(score.rule) })}
          </p>
          <ScoreBars breakdown={score.breakdown} category={category} {...(thresholds === null ? {} : { thresholds })} />
          {details.escalation.hidePreview ? null : (
            <details>
              <summary className="cursor-pointer text-14 text-ink-2">{t('asRead')}</summary>
              <p className="mono mt-1 text-13 [overflow-wrap:anywhere]" dir="auto">
                {score.normalised}
              </p>
            </details>
          )}
        </>
      )}
      {reports.voices > 0 ? <p className="text-14 text-ink-2">{t('reports', { count: reports.voices })}</p> : null}
    </section>
  );
}

/** All of them were blocked, so all of them are harsh. */
export function Blocked({ blocked }: { blocked: readonly escalations.BlockedText[] }): ReactNode {
  const { t } = useTranslation(['escalations', 'risk']);
  return (
    <section>
      <div className="head">
        <h3>{t('blockedHead')}</h3>
        <p className="text-14 text-ink-3">{t('blockedText')}</p>
      </div>
      <Veil why={t('hidden')} className="mt-3">
        <BlockedTexts blocked={blocked} />
      </Veil>
    </section>
  );
}

function BlockedTexts({ blocked }: { blocked: readonly escalations.BlockedText[] }): ReactNode {
  const { t } = useTranslation(['escalations', 'risk']);
  const { moment, dateTime } = useFormat();
  return (
    <ol>
      {blocked.map((each) => (
        <li key={each.violationId} className="grid grid-cols-[4rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2">
          <time dateTime={each.at} title={dateTime(each.at)} className="mono pt-px text-13 text-ink-3">
            {moment(each.at)}
          </time>
          <div className="min-w-0">
            <p className="[overflow-wrap:anywhere]" dir="auto">
              {each.text}
            </p>
            <p className="flex flex-wrap items-center gap-x-2 text-14 text-ink-2">
              <RiskMark score={each.riskScore} thresholds={each.thresholds} />
              {t(`risk:category.${each.category}`)}
              {each.resolvedAt === null ? null : <span>({t('blockedCleared')})</span>}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

export function Strikes({ details }: { details: Details }): ReactNode {
  const { t } = useTranslation(['escalations', 'standing']);
  const { date } = useFormat();
  return (
    <section>
      <div className="head">
        <h3>{t('strikesHead')}</h3>
      </div>
      <ol>
        {details.strikes.map((strike) => (
          <li key={strike.id} className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2">
            <time dateTime={strike.issuedAt} className="mono pt-px text-13 text-ink-3">
              {date(strike.issuedAt)}
            </time>
            <div className="min-w-0">
              <p className="voice text-18 [overflow-wrap:anywhere]" dir="auto">
                {strike.reason}
              </p>
              <p className="text-14 text-ink-2">
                <WithName
                  name={strike.issuedBy?.displayName ?? t('standing:by.gone')}
                  words={(name) => t('standing:strikes.by', { name })}
                />
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
