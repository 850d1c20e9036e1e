/** What was asked and answered, and the field to ask more. */
import type { appealDesk } from '@virgil/contract';
import clsx from 'clsx';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askInAppeal, readAppealAnswers } from '../../../api/appeal-desk.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { useKey } from '../../../ui/keys.ts';
import { useSubmit } from '../../../ui/use-submit.ts';
import { ReasonField } from '../reason-field.tsx';

export function AppealTalk({ context }: { context: appealDesk.AppealContext }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { dateTime } = useFormat();
  const { appeal, messages } = context;
  const { id, unread } = appeal;
  useEffect(() => {
    if (unread > 0) void readAppealAnswers(id);
  }, [id, unread]);
  return (
    <section className="mt-8">
      <div className="head">
        <h3>{t('talk.title')}</h3>
      </div>
      {messages.length === 0 ? <p className="mt-3 text-ink-2">{t('talk.none')}</p> : null}
      <ol aria-live="polite">
        {messages.map((message) => {
          const isTheirs = message.side === 'appellant';
          return (
            <li
              key={message.id}
              className={clsx('border-b border-line py-2.5', !isTheirs && 'border-l-2 border-l-ink-3 pl-4')}
            >
              <p className="text-14 text-ink-3">
                <bdi className="font-[600] text-ink-2">
                  {isTheirs ? appeal.user.displayName : (message.author?.displayName ?? t('by.gone'))}
                </bdi>{' '}
                <time dateTime={message.createdAt} className="mono">
                  {dateTime(message.createdAt)}
                </time>
                {!isTheirs && message.readAt === null ? `, ${t('talk.unread')}` : null}
              </p>
              <p className="voice max-w-[66ch] text-18 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
                {message.message}
              </p>
            </li>
          );
        })}
      </ol>
      {appeal.mayReview ? <Ask id={id} name={appeal.user.displayName} /> : null}
    </section>
  );
}

function Ask({ id, name }: { id: string; name: string }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState('');
  const { submit, busy, error } = useSubmit(async () => {
    await askInAppeal(id, text.trim());
    setText('');
    setIsOpen(false);
  });
  useKey('q', () => setIsOpen(true), !isOpen);
  if (!isOpen) {
    return (
      <Button className="mt-3" onClick={() => setIsOpen(true)}>
        {t('talk.ask')}
        <KeyHint>Q</KeyHint>
      </Button>
    );
  }
  return (
    <form
      className="box mt-3 grid gap-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (text.trim() !== '') void submit();
      }}
    >
      <ReasonField label={t('talk.question', { name })} value={text} onChange={setText} autoFocus />
      <FormProblem error={error} />
      <div className="flex gap-3">
        <Button look="main" type="submit" busy={busy} disabled={text.trim() === ''}>
          {t('talk.send')}
        </Button>
        <Button onClick={() => setIsOpen(false)}>{t('talk.cancel')}</Button>
      </div>
    </form>
  );
}
