import type { moderation } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Fact, Facts } from '../../../ui/facts.tsx';

/** Which classifier runs, as which version, in which state. */
export function WhoJudges({ state }: { state: moderation.ClassificationState }): ReactNode {
  const { t } = useTranslation('classification');
  const { classifier, rulesOnly, secondOpinion } = state;
  const name = t([`name.${classifier.name as 'rules'}`, 'name.other'], { name: classifier.name });
  const facts: Fact[] = [
    { name: t('judge.who'), value: name },
    { name: t('judge.version'), value: <span className="mono">{classifier.version}</span> },
    { name: t('judge.state'), value: t(classifier.isFailing ? 'judge.failing' : 'judge.working') },
    { name: t('judge.second'), value: t(secondOpinion.isOn ? 'judge.secondOn' : 'judge.secondOff') },
  ];
  return (
    <section aria-labelledby="who-judges">
      <div className="head">
        <h2 id="who-judges">{t('judge.title')}</h2>
      </div>
      {rulesOnly ? (
        <p role="status" className="mt-3 border-l-(length:--spine) border-(--risk-1) pl-3">
          <b className="font-[640]">{t('judge.alone')}</b> {t('judge.aloneText')}
        </p>
      ) : null}
      <Facts facts={facts} className="mt-4 max-w-[44rem]" />
    </section>
  );
}
