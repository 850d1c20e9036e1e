/** The acts, at the foot of the item; the chosen one opens its strip above them and covers nothing. */
import type { desk } from '@virgil/contract';
import clsx from 'clsx';
import { ArrowUpRight, Check, Gavel, type LucideIcon, Timer, X } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../api/desk.ts';
import { Button } from '../../ui/button.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { ActStrip, type StripAct } from './act-strip.tsx';
import { type Keys, keyName } from './key-map.ts';

const ACTS: readonly { readonly act: StripAct; readonly icon: LucideIcon; readonly apart?: true }[] = [
  { act: 'approve', icon: Check },
  { act: 'reject', icon: X },
  { act: 'timeout', icon: Timer },
  { act: 'punish', icon: Gavel, apart: true },
  { act: 'escalate', icon: ArrowUpRight },
];

/** What the item allows; publishing it and passing it on are never against its author. */
export function mayAct(act: StripAct, mayDecide: desk.MayDecide): boolean {
  return mayDecide.allowed && (mayDecide.againstAuthor || act === 'approve' || act === 'escalate');
}

export interface DecisionBarProps {
  readonly details: desk.ReviewDetails;
  /** Null: the keys are off. */
  readonly keys: Keys | null;
  readonly open: StripAct | null;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly holder: string | null;
  readonly onOpen: (act: StripAct | null) => void;
  readonly onDecide: (decision: Decision) => void;
  readonly onSkip: () => void;
}

export function DecisionBar(props: DecisionBarProps): ReactNode {
  const { busy, details, holder, keys, onDecide, onOpen, onSkip, open, problem } = props;
  const { t } = useTranslation('queue');
  const { mayDecide } = details;
  return (
    <section
      aria-label={t('decide')}
      className="sticky bottom-0 z-(--z-bar) grid max-h-[80dvh] overflow-y-auto gap-3 border-t border-line-strong bg-surface-1 px-4 py-3 sm:px-5"
    >
      {open === null ? null : (
        <ActStrip
          key={`${details.item.id} ${open}`}
          act={open}
          details={details}
          busy={busy}
          problem={problem}
          holder={holder}
          onDecide={onDecide}
          onCancel={() => onOpen(null)}
        />
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="grid w-full grid-cols-3 gap-2 sm:flex sm:w-auto sm:flex-wrap sm:items-center">
          {ACTS.map(({ act, apart, icon: Icon }) => (
            <Fragment key={act}>
              {apart ? <span aria-hidden="true" className="mx-1.5 hidden h-8 w-px bg-line sm:block" /> : null}
              <Button
                aria-expanded={open === act}
                disabled={!mayAct(act, mayDecide)}
                className="min-h-11 px-1! max-sm:flex-col max-sm:gap-0.5 max-sm:text-14 aria-expanded:bg-surface-3 sm:px-4!"
                onClick={() => onOpen(open === act ? null : act)}
              >
                <Icon aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none" />
                {t(`act.${act}`)}
                <Key of={keys?.[act]} />
              </Button>
            </Fragment>
          ))}
          <span aria-hidden="true" className="mx-1.5 hidden h-8 w-px bg-line sm:block" />
          <Button look="quiet" className="min-h-11 sm:px-4!" onClick={onSkip}>
            {t('act.next')}
            <Key of={keys?.next} />
          </Button>
        </div>
        <p className={clsx('text-14 text-ink-2', mayDecide.allowed && 'hidden sm:block')}>
          {mayDecide.allowed
            ? mayDecide.againstAuthor
              ? keys === null
                ? t('undoHintNoKey')
                : t('undoHint', { key: keyName(keys.undo) })
              : t('may.author_moderates')
            : t(`may.${mayDecide.because}`)}
        </p>
      </div>
    </section>
  );
}

function Key({ of }: { of: string | undefined }): ReactNode {
  return of === undefined ? null : (
    <span className="hidden sm:contents">
      <KeyHint>{keyName(of)}</KeyHint>
    </span>
  );
}
