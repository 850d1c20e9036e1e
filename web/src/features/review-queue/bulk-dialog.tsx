/** Several items alike: what would happen to each is asked beforehand, what happened is shown as it happens. */
import type { desk } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BulkAnswer, type BulkBody, decideSeveral, previewSeveral } from '../../api/desk.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CharacterCount, Field, Select, Textarea } from '../../ui/field.tsx';
import { useProblemText } from '../../ui/problem-text.ts';

const DECISIONS = ['approve', 'reject', 'timeout', 'warning', 'strike', 'escalate'] as const;
type BulkDecision = (typeof DECISIONS)[number];
/** Small enough that the bar moves, large enough that a hundred are quick. */
const AT_ONCE = 10;
const MOST = 2000;

interface Progress {
  readonly done: number;
  readonly refused: BulkAnswer['items'];
  readonly total: number;
}

export function BulkDialog({
  items,
  onClose,
  onDone,
}: {
  items: readonly desk.ReviewItem[];
  onClose: () => void;
  /** Those that were decided, to be taken back together. */
  onDone: (ids: readonly string[]) => void;
}): ReactNode {
  const { t } = useTranslation('queue');
  const { number } = useFormat();
  const textOf = useProblemText();
  const [decision, setDecision] = useState<BulkDecision>('approve');
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState('10');
  const [trigger, setTrigger] = useState('');
  const [preview, setPreview] = useState<BulkAnswer | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ids = items.map(({ id }) => id);

  const isReady = decision === 'escalate' ? trigger !== '' : reason.trim() !== '';
  const body = {
    decision,
    ...(decision === 'escalate' ? { trigger } : { reason: reason.trim() }),
    ...(decision === 'timeout' ? { minutes: Number(minutes) } : {}),
  } as BulkBody;

  function change(to: () => void): void {
    to();
    setPreview(null);
  }

  async function look(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      setPreview(await previewSeveral(ids, body));
    } catch (error) {
      setProblem(textOf(error));
    } finally {
      setBusy(false);
    }
  }

  async function carryOut(found: BulkAnswer): Promise<void> {
    setBusy(true);
    const allowed = found.items.filter(({ problem: refusal }) => refusal === null).map(({ id }) => id);
    const decided: string[] = [];
    let refused: BulkAnswer['items'] = [];
    setProgress({ done: 0, refused, total: allowed.length });
    try {
      for (let from = 0; from < allowed.length; from += AT_ONCE) {
        const answer = await decideSeveral(allowed.slice(from, from + AT_ONCE), body);
        decided.push(...answer.items.filter(({ problem: refusal }) => refusal === null).map(({ id }) => id));
        refused = [...refused, ...answer.items.filter(({ problem: refusal }) => refusal !== null)];
        setProgress({ done: decided.length + refused.length, refused, total: allowed.length });
      }
      if (refused.length === 0) onClose();
    } catch (error) {
      setProblem(textOf(error));
    } finally {
      setBusy(false);
      if (decided.length > 0) onDone(decided);
    }
  }

  const refusals = (progress?.refused ?? preview?.items ?? []).filter(({ problem: refusal }) => refusal !== null);
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('bulk.title', { count: items.length })}
      description={t('bulk.intro')}
      foot={
        progress !== null ? (
          <Button look="main" busy={busy} onClick={onClose}>
            {t('settings.done')}
          </Button>
        ) : preview === null ? (
          <Button look="main" busy={busy} disabled={!isReady} onClick={() => void look()}>
            {t('bulk.preview')}
          </Button>
        ) : (
          <Button look="main" busy={busy} disabled={preview.done === 0} onClick={() => void carryOut(preview)}>
            {t('bulk.carryOut', { count: preview.done })}
          </Button>
        )
      }
    >
      <div className="grid gap-4">
        <Field label={t('bulk.decision')}>
          <Select
            value={decision}
            disabled={progress !== null}
            onChange={(event) => change(() => setDecision(event.target.value as BulkDecision))}
          >
            {DECISIONS.map((each) => (
              <option key={each} value={each}>
                {t(`bulk.decisions.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
        {decision === 'timeout' ? (
          <Field label={t('strip.howLong')}>
            <Select value={minutes} onChange={(event) => change(() => setMinutes(event.target.value))}>
              {['5', '10', '20', '30', '60'].map((each) => (
                <option key={each} value={each}>
                  {t('bulk.minutes', { count: Number(each) })}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        {decision === 'escalate' ? (
          <Field label={t('strip.why')}>
            <Select value={trigger} onChange={(event) => change(() => setTrigger(event.target.value))}>
              <option value="">{t('strip.needTrigger')}</option>
              {(['hate_speech', 'threats', 'minors', 'staff_impersonation', 'racism', 'multi_violation'] as const).map(
                (each) => (
                  <option key={each} value={each}>
                    {t(`trigger.${each}`)}
                  </option>
                ),
              )}
            </Select>
          </Field>
        ) : (
          <Field
            label={t('strip.why')}
            hint={
              <>
                {t('bulk.reasonHint')} <CharacterCount value={reason} max={MOST} />
              </>
            }
          >
            <Textarea
              rows={2}
              disabled={progress !== null}
              value={reason}
              onChange={(event) => change(() => setReason(event.target.value))}
            />
          </Field>
        )}
      </div>
      {preview === null || progress !== null ? null : (
        <p role="status" className="mt-4 font-[560]">
          {t('bulk.would', { done: number(preview.done), refused: number(preview.refused) })}
        </p>
      )}
      {progress === null ? null : (
        <div className="mt-4">
          <progress className="block h-1.5 w-full accent-[var(--ink)]" value={progress.done} max={progress.total} />
          <p role="status" className="mt-1.5">
            {t('bulk.progress', { done: number(progress.done), total: number(progress.total) })}
          </p>
        </div>
      )}
      {refusals.length === 0 ? null : (
        <ul className="rows mt-3 max-h-48 overflow-y-auto border-t border-line text-14">
          {refusals.map((each) => (
            <li key={each.id} className="grid gap-x-4 py-1.5 sm:grid-cols-[minmax(0,1fr)_auto]">
              <bdi dir="auto" className="truncate">
                {items.find(({ id }) => id === each.id)?.isHarsh
                  ? t('hidden')
                  : items.find(({ id }) => id === each.id)?.preview}
              </bdi>
              <span className="text-ink-2">{each.problem?.detail || each.problem?.code}</span>
            </li>
          ))}
        </ul>
      )}
      {problem === null ? null : (
        <p role="alert" className="mt-3 text-bad">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
