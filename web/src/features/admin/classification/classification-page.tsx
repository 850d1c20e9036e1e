/** Who judges what people write, from which scores what follows, and what is sent where. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClassification } from '../../../api/classification.ts';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { AdminFrame } from '../admin-frame.tsx';
import { SecondOpinion } from './second-opinion.tsx';
import { ThresholdsForm } from './thresholds-form.tsx';
import { WhoJudges } from './who-judges.tsx';

export function ClassificationPage(): ReactNode {
  const { t } = useTranslation('classification');
  return (
    <AdminFrame title={t('title')}>
      <div className="page grid max-w-[76rem] gap-12">
        <h1 className="text-27">{t('title')}</h1>
        <Classification />
      </div>
    </AdminFrame>
  );
}

function Classification(): ReactNode {
  const query = useClassification();
  if (query.isPending) return <SkeletonRows rows={6} />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <WhoJudges state={query.data} />
      <ThresholdsForm state={query.data} />
      <SecondOpinion state={query.data.secondOpinion} />
    </>
  );
}
