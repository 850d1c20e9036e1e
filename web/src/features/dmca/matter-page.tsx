/** One notice: for its claimant, who came by the secret link, or for the creator it is about. */
import '../../ui/voice.css';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { DmcaMatter } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMatter } from '../../api/dmca.ts';
import { useMe } from '../../api/me.ts';
import { asProblem } from '../../api/problem.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { ClaimantActs } from './claimant-acts.tsx';
import { CounterForm } from './counter-form.tsx';
import { CounterCopy, MatterFacts } from './matter-facts.tsx';
import { MatterRoad } from './matter-road.tsx';

function useHeading(matter: DmcaMatter | undefined): string {
  const { t } = useTranslation('dmca');
  if (matter === undefined) return t('matter.title');
  const { status, target, viewer } = matter;
  if (viewer === 'claimant') return t(`matter.claimant.${status}`);
  // Before a decision the creator is told of nothing.
  if (status === 'incomplete' || status === 'chased' || status === 'void' || status === 'valid')
    return t('matter.title');
  return t(`matter.creator.${status}`, { title: target?.title ?? '' });
}

/** What follows from where it stands, in one sentence. */
function Lead({ matter }: { matter: DmcaMatter }): ReactNode {
  const { t } = useTranslation('dmca');
  const { dateTime } = useFormat();
  const { courtAction, putBackAt, status, viewer } = matter;
  if (putBackAt !== null) {
    const word = viewer === 'claimant' ? 'matter.text.putBackClaimant' : 'matter.text.putBack';
    return t(word, { when: dateTime(putBackAt) });
  }
  if (courtAction !== null && status === 'in_court') return t('matter.text.court', { ...courtAction });
  return status === 'retracted' && viewer === 'creator' ? t('matter.text.retractedCreator') : null;
}

function NotFound({ error, signedIn, here }: { error: unknown; signedIn: boolean; here: string }): ReactNode {
  const { t } = useTranslation(['dmca', 'common']);
  if (asProblem(error).code !== 'not_found') return <ErrorState heading="h1" error={error} />;
  return (
    <EmptyState heading="h1" role="alert" title={t('matter.notFound')} text={t('matter.notFoundText')}>
      {signedIn ? null : (
        <Button look="main" asChild>
          <Link to="/sign-in" search={{ to: here }}>
            {t('common:signIn')}
          </Link>
        </Button>
      )}
    </EmptyState>
  );
}

export function MatterPage(): ReactNode {
  const { t } = useTranslation('dmca');
  const { noticeId } = useParams({ from: '/dmca/$noticeId' });
  const { token } = useSearch({ from: '/dmca/$noticeId' });
  const me = useMe();
  const query = useMatter(noticeId, token);
  const matter = query.data;
  const heading = useHeading(matter);
  usePageTitle(heading);

  if (query.isPending || me === undefined) {
    return (
      <div className="page">
        <SkeletonRows />
      </div>
    );
  }
  if (matter === undefined) {
    return (
      <div className="page">
        <NotFound error={query.error} signedIn={me !== null} here={`/dmca/${noticeId}`} />
      </div>
    );
  }
  const isCreator = matter.viewer === 'creator';
  return (
    <div className="page grid max-w-[74rem] content-start gap-x-16 gap-y-8 sm:pt-10 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <article className="grid content-start gap-6">
        <header className="border-b-[3px] border-ink pb-4">
          <p className="mb-2 text-14 text-ink-2">{t('matter.title')}</p>
          <h1 className="text-27 sm:text-36">{heading}</h1>
          <p className="mt-2 max-w-[58ch] text-18 text-ink-2 empty:hidden">
            <Lead matter={matter} />
          </p>
        </header>
        <MatterFacts matter={matter} />
        {matter.counterNotice ? <CounterCopy counter={matter.counterNotice} isOwn={isCreator} /> : null}
        {isCreator && matter.may.includes('counter_notice') ? (
          <>
            <CounterForm matter={matter} />
            <p className="text-14">
              <Link to="/settings/account/appeals">{t('matter.appeal')}</Link>
            </p>
          </>
        ) : null}
        {!isCreator && token !== undefined ? <ClaimantActs matter={matter} token={token} /> : null}
      </article>
      <aside>
        <MatterRoad matter={matter} />
      </aside>
    </div>
  );
}
