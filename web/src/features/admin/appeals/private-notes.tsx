/** What admins write for each other; the person concerned never reads it. */
import type { appealDesk } from '@virgil/contract';
import { Lock } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { noteOnAppeal } from '../../../api/appeal-desk.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { CharacterCount, Field, Textarea } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';

const MOST = 2000;

export function PrivateNotes({ context }: { context: appealDesk.AppealContext }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { dateTime } = useFormat();
  const [text, setText] = useState('');
  const { id } = context.appeal;
  const { submit, busy, error } = useSubmit(async () => {
    await noteOnAppeal(id, text.trim());
    setText('');
  });
  const fits = text.trim() !== '' && [...text.trim()].length <= MOST;
  return (
    <section>
      <div className="head">
        <h3 className="flex items-center gap-1.5">
          <Lock aria-hidden="true" size={16} strokeWidth={1.75} />
          {t('notes.title')}
        </h3>
      </div>
      <p className="mt-2 text-14 text-ink-2">{t('notes.text')}</p>
      <ul>
        {context.notes.map((note) => (
          <li key={note.id} className="border-b border-line py-2">
            <p className="text-13 text-ink-3">
              <bdi className="text-ink-2">{note.author?.displayName ?? t('by.gone')}</bdi>{' '}
              <time dateTime={note.createdAt} className="mono">
                {dateTime(note.createdAt)}
              </time>
            </p>
            <p className="voice text-18 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
              {note.note}
            </p>
          </li>
        ))}
      </ul>
      <form
        className="mt-3 grid gap-2"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (fits) void submit();
        }}
      >
        <Field label={t('notes.label')} hint={<CharacterCount value={text} max={MOST} />}>
          <Textarea value={text} rows={2} onChange={(event) => setText(event.target.value)} dir="auto" />
        </Field>
        <FormProblem error={error} />
        <div>
          <Button small type="submit" busy={busy} disabled={!fits}>
            {t('notes.add')}
          </Button>
        </div>
      </form>
    </section>
  );
}
