/** Whether every text is sent to a foreign service as well, and what that means, in plain words. */
import type { moderation } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { switchSecondOpinion } from '../../../api/classification.ts';
import { useFormat } from '../../../i18n/format.ts';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { type Fact, Facts } from '../../../ui/facts.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { Switch } from '../../../ui/switch.tsx';
import { showToast } from '../../../ui/toast.tsx';

type State = moderation.ClassificationState['secondOpinion'];

export function SecondOpinion({ state }: { state: State }): ReactNode {
  const { t } = useTranslation('classification');
  const problemText = useProblemText();
  const [asked, setAsked] = useState<boolean | null>(null);
  const wanted = asked ?? false;
  return (
    <section aria-labelledby="second-opinion">
      <div className="head">
        <h2 id="second-opinion">{t('second.title')}</h2>
      </div>
      <p className="mt-3 max-w-[66ch] text-ink-2">{t('second.text')}</p>
      <Facts
        className="mt-4 max-w-[52rem]"
        facts={(['sent', 'notSent', 'where', 'when', 'without'] as const).map((each) => ({
          name: t(`second.${each}`),
          value: t(`second.${each}Text`, { host: state.host, model: state.model }),
        }))}
      />
      <div className="mt-4 max-w-[44rem]">
        <Switch
          label={t('second.switch')}
          hint={state.isConfigured ? undefined : t('second.noKey')}
          checked={state.isOn}
          disabled={!state.isConfigured}
          onChange={setAsked}
        />
      </div>
      {state.isOn ? <Fares state={state} /> : null}
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => setAsked(open ? asked : null)}
        title={t(wanted ? 'second.onTitle' : 'second.offTitle')}
        description={t(wanted ? 'second.onText' : 'second.offText', { host: state.host })}
        act={t(wanted ? 'second.on' : 'second.off')}
        problem={problemText}
        onConfirm={async () => {
          await switchSecondOpinion(wanted);
          showToast(t(wanted ? 'second.isOn' : 'second.isOff'));
        }}
      />
    </section>
  );
}

/** How it goes, on the node that answered. */
function Fares({ state }: { state: State }): ReactNode {
  const { t } = useTranslation('classification');
  const { number, time } = useFormat();
  const { breaker, counts, problem, triedAgainAt } = state;
  const facts: Fact[] = [
    {
      name: t('second.state'),
      value:
        breaker === 'closed' || breaker === null
          ? t('second.closed')
          : t(`second.${breaker}`, { time: triedAgainAt === null ? '' : time(triedAgainAt) }),
    },
    { name: t('second.problem'), value: problem === null ? null : t(`second.problems.${problem}`) },
    {
      name: t('second.counts'),
      value: t('second.countsText', {
        answered: number(counts.answered),
        failed: number(counts.failed),
        skipped: number(counts.skipped),
      }),
    },
  ];
  return <Facts facts={facts} className="mt-4 max-w-[44rem]" />;
}
