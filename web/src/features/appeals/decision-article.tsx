import type { appeals as contract, PenaltyItem, statements } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { receiptFile, useStatement } from '../../api/appeals.ts';
import { useFormat } from '../../i18n/format.ts';
import { Facts } from '../../ui/facts.tsx';
import { AppealForm } from './appeal-form.tsx';
import { headingOf } from './decision-heading.ts';

type Statement = statements.StatementOfReasons;

/** The decision as a letter, its facts, and what one can say to it. */
export function DecisionArticle({
  item,
  appeal,
}: {
  item: PenaltyItem;
  appeal: contract.Appeal | undefined;
}): ReactNode {
  const { t } = useTranslation('appeals');
  const { date, dateTime } = useFormat();
  const statement = useStatement(item.statementId).data;
  const until =
    item.expiresAt === undefined ? '' : item.kind === 'strike' ? date(item.expiresAt) : dateTime(item.expiresAt);
  return (
    <article aria-labelledby="decision" className="border-t-2 border-ink pt-6">
      <h2 id="decision" className="max-w-[24ch] text-27 sm:text-36">
        {t(`heading.${headingOf(item)}`, { date: until })}
      </h2>
      <p className="voice mt-4 max-w-[60ch] text-21 whitespace-pre-line" dir="auto">
        {t('letter.reason', { reason: item.automatic ? t('letter.strikes') : item.reason })}
      </p>
      <DecisionFacts item={item} statement={statement} until={until} />
      {item.finalBecause === undefined ? null : (
        <p className="mt-6 border-l-[3px] border-bad pl-4 text-18">{t('final')}</p>
      )}
      {appeal === undefined ? null : <OwnAppeal appeal={appeal} />}
      {item.appealable ? <AppealForm key={item.id} item={item} /> : null}
    </article>
  );
}

function DecisionFacts({
  item,
  statement,
  until,
}: {
  item: PenaltyItem;
  statement: Statement | undefined;
  until: string;
}): ReactNode {
  const { t } = useTranslation('appeals');
  const { dateTime } = useFormat();
  const noEnd = item.automatic ? t('untilFewer') : t('untilLifted');
  return (
    <Facts
      className="mt-6"
      facts={[
        { name: t('fact.about'), value: statement?.subject?.title ? <Quote words={statement.subject.title} /> : null },
        { name: t('fact.rule'), value: statement ? <Rule statement={statement} isAutomatic={item.automatic} /> : null },
        { name: t('fact.noticed'), value: statement ? <Noticed statement={statement} /> : null },
        {
          name: t('fact.decided'),
          value: t(`decider.${statement?.automated.decision ?? (item.automatic ? 'fully' : 'none')}`),
        },
        { name: t('fact.from'), value: <time dateTime={item.issuedAt}>{dateTime(item.issuedAt)}</time> },
        {
          name: t('fact.until'),
          value: item.expiresAt === undefined ? noEnd : <time dateTime={item.expiresAt}>{until}</time>,
        },
        { name: t('fact.open'), value: item.kind === 'strike' ? t('openStrike') : t('openClosed') },
        {
          name: t('fact.proof'),
          value: statement?.receipt ? (
            <a href={receiptFile(statement.receipt)} download>
              {t('proof')}
            </a>
          ) : null,
        },
      ]}
    />
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

function Noticed({ statement }: { statement: Statement }): ReactNode {
  const { t } = useTranslation('appeals');
  const byProgram = statement.source === 'own_initiative' && statement.automated.detection;
  return t(byProgram ? 'noticed.program' : `noticed.${statement.source}`);
}

function OwnAppeal({ appeal }: { appeal: contract.Appeal }): ReactNode {
  const { t } = useTranslation('appeals');
  const { dateTime } = useFormat();
  return (
    <section className="mt-8">
      <div className="head">
        <h3 className="grow">{t('yours')}</h3>
        <p className="text-14 text-ink-2" role="status">
          {t(`status.${appeal.status}`)}
        </p>
      </div>
      <time dateTime={appeal.createdAt} className="mono mt-3 block text-14 text-ink-3">
        {dateTime(appeal.createdAt)}
      </time>
      {appeal.reason === '' ? (
        <p className="mt-1 text-ink-2">{t('byLetter')}</p>
      ) : (
        <p className="voice mt-1 max-w-[60ch] text-18 whitespace-pre-line" dir="auto">
          {appeal.reason}
        </p>
      )}
      {appeal.resolution === null || appeal.reviewedAt === null ? null : (
        <div className="mt-4 border-l-2 border-ink-3 pl-4">
          <p className="text-14 text-ink-3">
            {t('answer')}, <time dateTime={appeal.reviewedAt}>{dateTime(appeal.reviewedAt)}</time>
          </p>
          <p className="voice mt-1 max-w-[60ch] text-18 whitespace-pre-line" dir="auto">
            {appeal.resolution}
          </p>
        </div>
      )}
    </section>
  );
}
