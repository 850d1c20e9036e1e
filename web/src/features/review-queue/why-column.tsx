/** Why it is here: score, words, categories, the text as it was read; who wrote it and what was decided before. */
import '../../ui/voice.css';
import type { desk } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { RiskMark } from '../../ui/risk-mark.tsx';
import { RISK_WORDS, riskLevel, scoreText } from '../../ui/risk-score.ts';
import { useRuleWords } from '../../ui/rule-words.ts';
import { ScoreBars } from '../../ui/score-bars.tsx';
import { StrikePips } from '../../ui/strike-pips.tsx';
import { ThresholdRule } from '../../ui/threshold-rule.tsx';
import { Veil } from '../../ui/veil.tsx';
import { WithName } from '../../ui/with-name.tsx';
import { inWords, type Sentence } from './in-words.ts';

function Part({ title, children }: { title: ReactNode; children: ReactNode }): ReactNode {
  return (
    <section className="border-b border-line px-4 py-3.5 last:border-0 sm:px-5">
      <h2 className="mb-1.5 text-16">{title}</h2>
      {children}
    </section>
  );
}

function Words({ sentence }: { sentence: Sentence }): ReactNode {
  const { t, i18n } = useTranslation(['queue', 'risk', 'watch']);
  const { list, number } = useFormat();
  const score = (value: number) => scoreText(value, i18n.language);
  const ruleWords = useRuleWords();
  switch (sentence.key) {
    case 'rule':
      return t('words.rule', {
        rule: ruleWords(sentence.rule),
        category: t(`risk:category.${sentence.category}`),
        score: score(sentence.score),
      });
    case 'scripted':
      return t('words.scripted', {
        category: t(`risk:category.${sentence.category}`),
        score: score(sentence.score),
      });
    case 'held':
      return t('words.held', {
        hold: score(sentence.hold),
        above: score(sentence.above),
        block: score(sentence.block),
        below: score(sentence.below),
      });
    case 'leftToPeople':
      return t('words.leftToPeople', {
        block: score(sentence.block),
        category: t(`risk:category.${sentence.category}`),
      });
    case 'blocked':
      return t('words.blocked', { block: score(sentence.block) });
    case 'also':
      return t('words.also', {
        found: list(sentence.found.map((each) => `${t(`risk:category.${each.category}`)} (${score(each.score)})`)),
      });
    case 'nothingElse':
      return t('words.nothingElse');
    case 'reported':
      return t('words.reported', {
        count: sentence.voices,
        reasons: list(
          sentence.reasons.map(([reason, voices]) => `${t(`watch:report.reasons.${reason}`)} (${number(voices)})`),
        ),
      });
    case 'notFound':
      return t('words.notFound');
    case 'nobodyBlamed':
      return t('words.nobodyBlamed');
  }
}

function Standing({ details }: { details: desk.ReviewDetails }): ReactNode {
  const { t } = useTranslation(['queue', 'chat']);
  const { date, list, moment, number } = useFormat();
  const { author, item } = details;
  const roles = author.roles.filter((role) => role !== 'follower');
  const facts = [
    ...(roles.length > 0 ? [list(roles.map((role) => t(`chat:badge.${role}`)))] : []),
    ...(author.platformRole === 'user' ? [] : [t('chat:badge.staff')]),
    t('standing.since', { date: date(author.memberSince) }),
    ...(item.channel === null
      ? []
      : [
          t('standing.lines', { count: author.lines, lines: number(author.lines) }),
          t('standing.taken', { count: author.linesTakenAway, lines: number(author.linesTakenAway) }),
        ]),
  ];
  return (
    <>
      <p className="text-14 first-letter:uppercase">{facts.join(', ')}.</p>
      <p className="mt-1.5">
        <StrikePips active={author.activeStrikes} />
      </p>
      {author.timedOutUntil === null ? null : (
        <p className="mt-1 text-14 text-warn">{t('standing.timedOut', { until: moment(author.timedOutUntil) })}</p>
      )}
      {author.isBannedFromChannel ? <p className="mt-1 text-14 text-bad">{t('standing.bannedHere')}</p> : null}
      {author.isBannedFromPlatform ? <p className="mt-1 text-14 text-bad">{t('standing.bannedEverywhere')}</p> : null}
    </>
  );
}

function Earlier({ details }: { details: desk.ReviewDetails }): ReactNode {
  const { t, i18n } = useTranslation('queue');
  const { dateTime, moment } = useFormat();
  const { earlier } = details.author;
  if (earlier.length === 0) return <p className="mt-2 text-14 text-ink-2">{t('earlier.none')}</p>;
  return (
    <ol className="mt-2">
      {earlier.map((each) => (
        <li key={`${each.at} ${each.kind}`} className="grid grid-cols-[5.25rem_minmax(0,1fr)] gap-2 py-0.5 text-14">
          <time dateTime={each.at} title={dateTime(each.at)} className="mono text-13 text-ink-3">
            {moment(each.at)}
          </time>
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className={each.undone ? 'line-through' : ''}>
              {t(`earlier.${each.kind}`, {
                minutes: each.minutes ?? 0,
                score: each.riskScore === null ? '' : scoreText(each.riskScore, i18n.language),
              })}
            </span>
            , {each.by === null ? t('earlier.bySystem') : <bdi>{each.by.displayName}</bdi>}
            {each.undone ? `, ${t('earlier.undone')}` : null}.{' '}
            {each.reason ? (
              <q className="text-ink-2">
                <bdi dir="auto">{each.reason}</bdi>
              </q>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}

export function WhyColumn({
  details,
  holdKey,
  veiled,
}: {
  details: desk.ReviewDetails;
  holdKey: string | null;
  veiled: boolean;
}): ReactNode {
  const { t } = useTranslation('queue');
  const { item, score } = details;
  const thresholds = item.thresholds ?? undefined;
  const read = score === null ? null : <p className="mono text-13 [overflow-wrap:anywhere]">{score.normalised}</p>;
  return (
    <aside aria-label={t('why')} className="min-w-0 lg:overflow-y-auto lg:border-l lg:border-line">
      <section className="border-b border-line px-4 py-3.5 sm:px-5">
        <p className="mb-2.5 flex items-baseline gap-2.5">
          <RiskMark large score={item.riskScore} {...(thresholds ? { thresholds } : {})} />
          <b className="text-18">
            {t(
              item.foundByClassifier ? `level.${RISK_WORDS[riskLevel(item.riskScore, thresholds)]}` : 'level.reported',
            )}
          </b>
        </p>
        <ThresholdRule score={item.riskScore} {...(thresholds ? { thresholds } : {})} />
      </section>
      <Part title={t('inWords')}>
        {inWords(details).map((sentence) => (
          <p key={sentence.key} className="mb-1 last:mb-0">
            <Words sentence={sentence} />
          </p>
        ))}
      </Part>
      {score === null ? null : (
        <Part title={t('byCategory')}>
          <ScoreBars breakdown={score.breakdown} category={item.category} {...(thresholds ? { thresholds } : {})} />
          <p className="mt-2 text-13 text-ink-3">{t('scoredBy', { name: score.classifier, version: score.version })}</p>
          <details className="mt-1">
            <summary className="text-14 text-ink-2 underline decoration-line-strong underline-offset-4">
              {t('asRead')}
            </summary>
            <div className="mt-2">
              {veiled ? (
                <Veil why={t('hidden')} holdKey={holdKey}>
                  {read}
                </Veil>
              ) : (
                read
              )}
            </div>
          </details>
        </Part>
      )}
      <Part title={<WithName name={item.author.displayName} words={(name) => t('standing.title', { name })} />}>
        <Standing details={details} />
        <Earlier details={details} />
      </Part>
      {item.escalated === null ? null : (
        <Part
          title={
            <WithName
              name={item.escalated.by?.displayName ?? t('system')}
              words={(name) => t('escalatedBy', { name })}
            />
          }
        >
          <p className="text-14 text-ink-2">{t(`trigger.${item.escalated.trigger}`)}</p>
          {item.escalated.note ? (
            <p className="voice mt-1 text-18 whitespace-pre-line [overflow-wrap:anywhere]">{item.escalated.note}</p>
          ) : null}
        </Part>
      )}
    </aside>
  );
}
