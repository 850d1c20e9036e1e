/** Where it is decided: what an acceptance undoes, the words the person reads, and who decided when somebody was first. */
import { type appealDesk, HARSH } from '@virgil/contract';
import { Check, Lock, Minus, Undo2 } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideAppeal } from '../../../api/appeal-desk.ts';
import { asProblem } from '../../../api/problem.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { Field, Textarea } from '../../../ui/field.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { useKey } from '../../../ui/keys.ts';
import { useProblemText } from '../../../ui/problem-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { ReasonField } from '../reason-field.tsx';

type Context = appealDesk.AppealContext;
type Decision = 'accepted' | 'denied';

export function AppealDecision({ context, onNext }: { context: Context; onNext: () => void }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { appeal } = context;
  if (appeal.status !== 'pending') return <Answer appeal={appeal} onNext={onNext} />;
  if (appeal.refusal !== null) {
    return (
      <p className="flex items-start gap-2 border-l-[3px] border-ink-3 pl-3 text-ink-2">
        <Lock aria-hidden="true" size={18} strokeWidth={1.75} className="mt-0.5 flex-none" />
        {t(`refusal.${appeal.refusal}`)}
      </p>
    );
  }
  return <Decide context={context} onNext={onNext} />;
}

function Decide({ context, onNext }: { context: Context; onNext: () => void }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const textOf = useProblemText();
  const [words, setWords] = useState('');
  const [notes, setNotes] = useState('');
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<Decision | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const { appeal } = context;
  const name = appeal.user.displayName;

  function ask(decision: Decision): void {
    setTried(true);
    if (words.trim() === '') form.current?.querySelector('textarea')?.focus();
    else setAsked(decision);
  }
  useKey('a', () => ask('accepted'), asked === null);
  useKey('d', () => ask('denied'), asked === null);
  useKey('r', () => form.current?.querySelector('textarea')?.focus(), asked === null);

  async function decide(decision: Decision): Promise<void> {
    await decideAppeal(appeal.id, decision, { resolution: words.trim(), notes: notes.trim() });
    showToast(t(decision === 'accepted' ? 'accepted' : 'denied', { name }));
    onNext();
  }

  /** Somebody was first: the server says who. */
  function problemOf(error: unknown): string {
    const problem = asProblem(error);
    return problem.code === 'already_decided' && problem.detail !== undefined ? problem.detail : textOf(problem);
  }

  return (
    <form ref={form} className="box grid gap-4" onSubmit={(event) => event.preventDefault()}>
      <Consequences context={context} />
      <ReasonField
        label={t('resolution', { name })}
        value={words}
        onChange={setWords}
        error={tried && words.trim() === '' ? t('missing', { name }) : undefined}
      />
      <Field label={t('noteBeside')} optional hint={t('notes.text')}>
        <Textarea
          value={notes}
          rows={2}
          maxLength={2000}
          onChange={(event) => setNotes(event.target.value)}
          dir="auto"
        />
      </Field>
      <div className="flex flex-wrap gap-6">
        <Button look="main" onClick={() => ask('accepted')}>
          {t('accept')}
          <KeyHint>A</KeyHint>
        </Button>
        <Button onClick={() => ask('denied')}>
          {t('deny')}
          <KeyHint>D</KeyHint>
        </Button>
      </div>
      <ConfirmDialog
        open={asked === 'accepted'}
        onOpenChange={(open) => setAsked(open ? 'accepted' : null)}
        title={t('confirm.acceptTitle', { name })}
        description={<Consequences context={context} />}
        act={t('accept')}
        onConfirm={() => decide('accepted')}
        problem={problemOf}
      />
      <ConfirmDialog
        open={asked === 'denied'}
        onOpenChange={(open) => setAsked(open ? 'denied' : null)}
        title={t('confirm.denyTitle', { name })}
        description={t('confirm.denyText')}
        act={t('deny')}
        onConfirm={() => decide('denied')}
        problem={problemOf}
      />
    </form>
  );
}

/** Exactly what happens, one line each; what stays says so. A harsh text stands beside, veiled, and the rule in the reader’s language. */
function Consequences({ context: { consequences, violations } }: { context: Context }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const isHarsh = violations.some(({ category }) => HARSH.has(category));
  const { dateTime } = useFormat();
  if (consequences.length === 0) return <p className="text-ink-2">{t('consequence.none')}</p>;
  return (
    <div>
      <p className="font-[620]">{t('consequence.title')}</p>
      <ul className="mt-1.5 grid gap-1.5">
        {consequences.map(({ id, name, undone, until, what }) => (
          <li key={`${what} ${id}`} className="flex items-start gap-2 text-14">
            {undone ? (
              <Undo2 aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
            ) : (
              <Minus aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none text-ink-3" />
            )}
            <span className={undone ? 'min-w-0' : 'min-w-0 text-ink-3'}>
              {t(`consequence.${undone ? 'undo' : 'stay'}.${what}`)}
              {name === null || what === 'statement' || (what === 'text' && isHarsh) ? null : (
                <span className="line-clamp-2 text-ink-2 [overflow-wrap:anywhere]" dir="auto">
                  {name}
                </span>
              )}
              {until !== null && undone ? (
                <span className="block text-13 text-ink-3">{t('consequence.until', { date: dateTime(until) })}</span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Answer({ appeal, onNext }: { appeal: Context['appeal']; onNext: () => void }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { dateTime } = useFormat();
  const { resolution, reviewedAt, reviewedBy, status } = appeal;
  useKey('n', onNext);
  if (reviewedAt === null) return null;
  return (
    <div className="border-l-[3px] border-ink pl-4" role="status">
      <p className="flex items-center gap-1.5 font-[620]">
        <Check aria-hidden="true" size={18} strokeWidth={1.75} />
        {t(`status.${status}`)}
      </p>
      <p className="text-14 text-ink-3">
        <bdi>{reviewedBy?.displayName ?? t('by.system')}</bdi>,{' '}
        <time dateTime={reviewedAt}>{dateTime(reviewedAt)}</time>
      </p>
      <p className="voice mt-2 text-18 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
        {resolution}
      </p>
      <Button className="mt-4" onClick={onNext}>
        {t('next')}
        <KeyHint>N</KeyHint>
      </Button>
    </div>
  );
}
