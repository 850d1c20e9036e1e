import type { AdminPenalty, AdminStrike, dossiers } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { Facts } from '../../../ui/facts.tsx';
import { PolicyLink } from '../../../ui/policy-link.tsx';

type Dossier = dossiers.Dossier;

/** What is counted and what was decided, beside the line of time. */
export function DossierFacts({ dossier }: { dossier: Dossier }): ReactNode {
  const { t } = useTranslation('standing');
  const { number } = useFormat();
  const { messages, reports, streams } = dossier;
  const verdicts = (side: 'about' | 'by') =>
    t('dossier.verdicts', {
      pending: number(reports[side].pending),
      approved: number(reports[side].approved),
      rejected: number(reports[side].rejected),
    });
  return (
    <>
      {dossier.penalties.length > 0 ? (
        <Decisions title={t('dossier.penaltiesHead')}>
          {dossier.penalties.map((penalty) => (
            <PenaltyLine key={penalty.id} penalty={penalty} />
          ))}
        </Decisions>
      ) : null}
      {dossier.strikes.length > 0 ? (
        <Decisions title={t('dossier.strikesHead')}>
          {dossier.strikes.map((strike) => (
            <StrikeLine key={strike.id} strike={strike} />
          ))}
        </Decisions>
      ) : null}
      {dossier.appeals.length > 0 ? (
        <Decisions title={t('dossier.appealsHead')}>
          {dossier.appeals.map((appeal) => (
            <Line
              key={appeal.id}
              at={appeal.createdAt}
              words={appeal.reason}
              note={t(`strikes.appeal.${appeal.status}`)}
            />
          ))}
        </Decisions>
      ) : null}
      <Facts
        facts={[
          { name: `${t('dossier.reports')} ${t('dossier.reportsAbout')}`, value: verdicts('about') },
          { name: `${t('dossier.reports')} ${t('dossier.reportsBy')}`, value: verdicts('by') },
          {
            name: t('dossier.content'),
            value: [
              t('dossier.contentLine', {
                videos: number(streams.videos),
                removed: number(streams.removed),
                followers: number(dossier.followers),
              }),
              t('dossier.lines', {
                held: number(messages.held),
                blocked: number(messages.blocked),
                removed: number(messages.removed),
              }),
            ].join('\n'),
          },
          { name: t('dossier.money'), value: <Money dossier={dossier} /> },
          { name: t('dossier.notices'), value: number(dossier.notices) },
        ]}
      />
    </>
  );
}

function Money({ dossier }: { dossier: Dossier }): ReactNode {
  const { t } = useTranslation('standing');
  const { money } = useFormat();
  if (dossier.money.length === 0) return t('dossier.noMoney');
  return dossier.money.map((each) => (
    <span key={each.available.currency} className="num block">
      {t('dossier.balance', {
        available: money(each.available),
        pending: money(each.pending),
        held: money(each.held),
      })}
      {'\n'}
      {t('dossier.tips', { received: money(each.tipsReceived), given: money(each.tipsGiven) })}
    </span>
  ));
}

function Decisions({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section>
      <div className="head">
        <h2>{title}</h2>
      </div>
      <ul>{children}</ul>
    </section>
  );
}

function Line({ at, words, note }: { at: string; words: string; note: ReactNode }): ReactNode {
  const { dateTime } = useFormat();
  return (
    <li className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2">
      <time dateTime={at} className="mono text-13 text-ink-3">
        {dateTime(at)}
      </time>
      <div className="min-w-0">
        <p className="voice text-18 [overflow-wrap:anywhere]" dir="auto">
          {words}
        </p>
        <p className="text-ink-2">{note}</p>
      </div>
    </li>
  );
}

function PenaltyLine({ penalty }: { penalty: AdminPenalty }): ReactNode {
  const { t } = useTranslation('standing');
  const { date, dateTime } = useFormat();
  const { active, endedAt, evidenceLink, expiresAt, issuedBy } = penalty;
  const end = expiresAt === null ? t('dossier.forGood') : t('dossier.until', { date: dateTime(expiresAt) });
  const now = active || endedAt === null ? t('dossier.inForce') : t('dossier.ended', { date: date(endedAt) });
  const by =
    penalty.cause === 'strikes'
      ? t('dossier.note.strikes')
      : t('dossier.by', { name: issuedBy?.displayName ?? t('by.gone') });
  const category = penalty.category === null ? null : t(`category.${penalty.category as 'spam'}`);
  return (
    <Line
      at={penalty.issuedAt}
      words={penalty.cause === 'strikes' ? t('byStrikes') : penalty.reason}
      note={
        <>
          {[category, end, now, by].filter(Boolean).join(', ')}
          {penalty.policyReference === null ? null : (
            <>
              {', '}
              <PolicyLink reference={penalty.policyReference} />
            </>
          )}
          {evidenceLink === null ? null : (
            <>
              {' '}
              <a href={evidenceLink} rel="noreferrer noopener" target="_blank">
                {t('dossier.evidence')}
              </a>
            </>
          )}
        </>
      }
    />
  );
}

function StrikeLine({ strike }: { strike: AdminStrike }): ReactNode {
  const { t } = useTranslation('standing');
  const { date } = useFormat();
  const now = strike.active
    ? t('dossier.inForce')
    : strike.liftedAt === null
      ? t('dossier.ended', { date: date(strike.expiresAt) })
      : t('dossier.liftedLine', { date: date(strike.liftedAt) });
  const from = t('strikes.from', { source: t(`source.${strike.source.kind}`), date: date(strike.expiresAt) });
  const by = t('strikes.by', { name: strike.issuedBy?.displayName ?? t('by.gone') });
  return <Line at={strike.issuedAt} words={strike.reason} note={[from, by, now].join(', ')} />;
}
