import { Link } from '@tanstack/react-router';
import type { appeals as contract, PenaltyItem, statements } from '@virgil/contract';
import { Scale } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { receiptFile, useStatement } from '../../api/appeals.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { scoreText } from '../../ui/risk-score.ts';
import { ThresholdRule } from '../../ui/threshold-rule.tsx';
import { AppealDialogue } from './appeal-dialogue.tsx';
import { AppealForm } from './appeal-form.tsx';
import { useDecisionWords } from './decision-words.ts';
import { OwnAppeal } from './own-appeal.tsx';

type Statement = statements.StatementOfReasons;

/** The decision as a letter, its facts, and what one can say to it. */
export function DecisionArticle({
  item,
  appeal,
  onAppeal,
}: {
  item: PenaltyItem;
  appeal: contract.Appeal | undefined;
  onAppeal: () => void;
}): ReactNode {
  const { t } = useTranslation('appeals');
  const { done, heading } = useDecisionWords()(item);
  const statement = useStatement(item.statementId).data;
  return (
    <article aria-labelledby="decision" className="border-t-[3px] border-ink pt-5">
      <h2 id="decision" className="max-w-[24ch] text-27 tracking-[-0.022em] text-balance sm:text-36">
        {heading}
      </h2>
      <div
        className="voice mt-4 grid max-w-[60ch] gap-3 text-21 whitespace-pre-line [overflow-wrap:anywhere]"
        dir="auto"
      >
        {done === '' ? null : <p>{done}</p>}
        {item.reason === '' ? null : (
          <p>
            {t('letter.reason', {
              reason: item.automatic && item.kind === 'penalty' ? t('letter.strikes') : item.reason,
            })}
          </p>
        )}
      </div>
      {item.appealable ? (
        <Button className="mt-5" onClick={onAppeal}>
          <Scale aria-hidden="true" size={18} strokeWidth={1.75} />
          {t('appealDecision')}
        </Button>
      ) : null}
      <DecisionFacts item={item} statement={statement} />
      {item.finalBecause === undefined ? null : (
        <p className="mt-6 border-l-[3px] border-bad pl-4 text-18">{t('final')}</p>
      )}
      {appeal === undefined ? null : <OwnAppeal appeal={appeal} />}
      {appeal === undefined ? null : <AppealDialogue key={appeal.id} appeal={appeal} />}
      {item.appealable ? <AppealForm key={item.id} item={item} /> : null}
    </article>
  );
}

function DecisionFacts({ item, statement }: { item: PenaltyItem; statement: Statement | undefined }): ReactNode {
  const { t } = useTranslation('appeals');
  const { dateTime } = useFormat();
  const isClosing = item.automatic && item.kind === 'penalty';
  return (
    <Facts
      className="mt-6"
      facts={[
        { name: t('fact.about'), value: <About item={item} statement={statement} /> },
        { name: t('fact.rule'), value: statement ? <Rule statement={statement} isAutomatic={isClosing} /> : null },
        { name: t('fact.noticed'), value: <Noticed item={item} statement={statement} /> },
        {
          name: t('fact.decided'),
          value: t(`decider.${statement?.automated.decision ?? (item.automatic ? 'fully' : 'none')}`),
        },
        { name: t('fact.from'), value: <time dateTime={item.issuedAt}>{dateTime(item.issuedAt)}</time> },
        { name: t('fact.until'), value: <End item={item} /> },
        { name: t('fact.open'), value: item.active ? t(`open.${item.kind}`) : null },
        {
          name: t('fact.reasons'),
          value: statement ? (
            <Link to="/statements/$statementId" params={{ statementId: statement.id }}>
              {t('reasons')}
            </Link>
          ) : null,
        },
        {
          name: t('fact.proof'),
          value: statement?.receipt ? (
            <a href={receiptFile(statement.receipt)} download>
              {t('proof')}
            </a>
          ) : null,
        },
      ].filter(({ value }) => value !== null)}
    />
  );
}

/** When it ended, or will; a hidden text has no day on which it comes back by itself. */
function End({ item }: { item: PenaltyItem }): ReactNode {
  const { t } = useTranslation('appeals');
  const { dateTime } = useFormat();
  const end = item.endedAt ?? item.expiresAt;
  if (end !== undefined) return <time dateTime={end}>{dateTime(end)}</time>;
  return t(item.automatic && item.kind === 'penalty' ? 'untilFewer' : 'untilLifted');
}

/** The text as it was written, else what the reasons call the thing. */
function About({ item, statement }: { item: PenaltyItem; statement: Statement | undefined }): ReactNode {
  const { t } = useTranslation('appeals');
  const { date, time } = useFormat();
  const { about, channel } = item;
  if (about === undefined) {
    return statement?.subject?.title ? <Quote words={statement.subject.title} /> : t(`aboutKind.${item.kind}`);
  }
  const where =
    channel === undefined ? t(`where.${about.source}`) : t(`whereIn.${about.source}`, { channel: channel.displayName });
  return (
    <>
      <Quote words={about.text} />
      <p className="mt-1 text-14 text-ink-2">
        {where},{' '}
        <time dateTime={about.createdAt}>
          {t('whereAt', { date: date(about.createdAt), time: time(about.createdAt) })}
        </time>
      </p>
    </>
  );
}

const Quote = ({ words }: { words: string }): ReactNode => (
  <blockquote className="border-l-2 border-ink-3 pl-3" dir="auto">
    {words}
  </blockquote>
);

/** Rules and laws are worded in English; of the platform’s own the name is said in the page’s language. */
function Rule({ statement, isAutomatic }: { statement: Statement; isAutomatic: boolean }): ReactNode {
  const { t, i18n } = useTranslation(['appeals', 'standing']);
  const { category, ground } = statement;
  if (isAutomatic) return t('ruleStrikes');
  if (i18n.language === 'de' && ground.kind === 'terms') {
    return t('ruleOf', { category: t(`standing:category.${category}`) });
  }
  return (
    <span lang="en">
      {ground.rule}. {ground.explanation}
    </span>
  );
}

/** A number never comes alone: it stands in a sentence, and on the rule between the thresholds of that moment. */
function Noticed({ item, statement }: { item: PenaltyItem; statement: Statement | undefined }): ReactNode {
  const { t, i18n } = useTranslation(['appeals', 'risk']);
  const score = item.about?.score ?? null;
  if (score !== null) {
    const write = (value: number) => scoreText(value, i18n.language);
    const facts = {
      category: t(`risk:category.${score.category}`),
      score: write(score.value),
      hold: write(score.hold),
      block: write(score.block),
    };
    return (
      <>
        {t('rated', facts)} {t(score.value >= score.block ? 'ratedBlocked' : 'ratedHeld', facts)}
        <ThresholdRule score={score.value} thresholds={score} className="mt-2 max-w-[26rem]" />
      </>
    );
  }
  if (statement === undefined) return item.about === undefined ? t('noticed.own_initiative') : t('noticed.report');
  const byProgram = statement.source === 'own_initiative' && statement.automated.detection;
  return t(byProgram ? 'noticed.program' : `noticed.${statement.source}`);
}
