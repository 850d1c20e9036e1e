/** The steps of a matter from above to below: what is done, where it stands, what comes. */
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface RoadStep {
  readonly key: string;
  readonly state: 'done' | 'here' | 'ahead';
  readonly title: ReactNode;
  readonly text?: ReactNode;
}

const DOTS: Record<RoadStep['state'], string> = {
  done: 'border-ink bg-ink',
  here: 'border-tone bg-bg shadow-[inset_0_0_0_3px_var(--bg),inset_0_0_0_9px_var(--tone)]',
  ahead: 'border-line-strong bg-bg',
};

export function Road({ steps, label }: { steps: readonly RoadStep[]; label: string }): ReactNode {
  const { t } = useTranslation('common');
  return (
    <ol aria-label={label} className="grid">
      {steps.map(({ key, state, text, title }) => (
        <li
          key={key}
          aria-current={state === 'here' ? 'step' : undefined}
          className="group relative grid grid-cols-[1.25rem_minmax(0,1fr)] gap-3 pb-6 last:pb-0"
        >
          <span
            aria-hidden="true"
            className="absolute top-4 bottom-0 left-[0.5rem] w-px bg-line-strong group-last:hidden"
          />
          <span aria-hidden="true" className={clsx('relative mt-1 size-4 rounded-person border-2', DOTS[state])} />
          <div className={clsx(state === 'ahead' && 'text-ink-2')}>
            <p className="font-[620]">
              {title}
              {state === 'done' ? <span className="sr-only"> ({t('done')})</span> : null}
            </p>
            {text ? <div className="text-14 text-ink-2">{text}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
