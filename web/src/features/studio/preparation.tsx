import { Link } from '@tanstack/react-router';
import type { Tier } from '@virgil/contract';
import { Check, CircleAlert, Coins, Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { useFieldProblem, useProblemText } from '../../ui/problem-text.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { TierOffer } from '../tier/tier-offer.tsx';
import type { Tracks } from './publisher.ts';
import { type Draft, StreamForm } from './stream-form.tsx';
import type { BroadcastSession } from './use-broadcast-session.ts';

export interface PreparationProps {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly tier: Tier;
  readonly session: BroadcastSession;
  readonly tracks: Tracks | null;
}

/** Before the stream: what it is called, who may watch, and whether everything is there. */
export function Preparation({ draft, onDraft, tier, session, tracks }: PreparationProps): ReactNode {
  const { t } = useTranslation('studio');
  const textOf = useProblemText();
  const fieldProblem = useFieldProblem();
  const { submit, busy, error } = useSubmit(() => session.start(draft, tracks));
  const mayStart = tier !== 'free';
  const missingTitle = draft.title.trim() === '';

  const titleError = fieldProblem(error, 'title');
  return (
    <section aria-label={t('prepare')}>
      <StreamForm draft={draft} onChange={onDraft} titleError={titleError} live={false} />
      <div className="mt-8 border-t-(length:--rule) border-tone pt-4">
        <h2 className="text-18">{mayStart ? t('ready') : t('freeTitle')}</h2>
        {mayStart ? (
          <ul className="mt-2 grid gap-1.5">
            <Fact ok={!missingTitle} text={missingTitle ? t('fact.noTitle') : t('fact.title')} />
            <Fact ok={tracks !== null} text={tracks ? t('fact.picture') : t('fact.noPicture')} />
            {tracks ? (
              <Fact ok={tracks.audio !== null} text={tracks.audio ? t('fact.sound') : t('fact.noSound')} />
            ) : null}
          </ul>
        ) : (
          <TierOffer
            lead={<p className="mt-1.5 mb-2 text-ink-2">{t('freeKept')}</p>}
            fallback={<p className="mt-1.5 text-ink-2">{t('freeText')}</p>}
          />
        )}
        {error && !titleError ? (
          <p role="alert" className="mt-3 text-bad">
            {asProblem(error).code === 'tier_required' ? t('freeText') : textOf(error)}
          </p>
        ) : null}
        <div className="max-sm:sticky max-sm:bottom-3 max-sm:z-(--z-bar)">
          <Button
            look="main"
            className="mt-4 w-full text-18"
            busy={busy || session.streamId === undefined}
            disabled={!mayStart || missingTitle}
            onClick={() => void submit()}
          >
            <Radio aria-hidden="true" size={20} strokeWidth={1.75} />
            {tracks ? t('goLive') : t('goLiveEncoder')}
          </Button>
        </div>
        <p className="mt-5 text-14">
          <Link to="/earnings" className="inline-flex items-center gap-2 text-ink-2">
            <Coins aria-hidden="true" size={16} strokeWidth={1.75} />
            {t('earnings')}
          </Link>
        </p>
      </div>
    </section>
  );
}

function Fact({ ok, text }: { ok: boolean; text: string }): ReactNode {
  const Icon = ok ? Check : CircleAlert;
  return (
    <li className="flex gap-2">
      <Icon
        aria-hidden="true"
        size={18}
        strokeWidth={1.75}
        className={ok ? 'mt-1 flex-none text-good' : 'mt-1 flex-none text-warn'}
      />
      {text}
    </li>
  );
}
