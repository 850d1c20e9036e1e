/** What was asked and answered in an appeal; while it is open one can write. */
import type { appeals as contract } from '@virgil/contract';
import clsx from 'clsx';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerInAppeal, readAppealMessages, useOwnAppeal } from '../../api/appeals.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { CharacterCount, Field, Textarea } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

const MOST = 2000;

export function AppealDialogue({ appeal }: { appeal: contract.Appeal }): ReactNode {
  const { t } = useTranslation('appeals');
  const messages = useOwnAppeal(appeal.id).data?.messages ?? [];
  const unread = messages.filter(({ readAt, side }) => side === 'admin' && readAt === null).length;
  const { id } = appeal;
  useEffect(() => {
    if (unread > 0) void readAppealMessages(id);
  }, [id, unread]);
  const isOpen = appeal.status === 'pending';
  if (messages.length === 0 && !isOpen) return null;
  return (
    <section className="mt-8">
      <div className="head">
        <h3>{t('dialogue.title')}</h3>
      </div>
      {messages.length === 0 ? <p className="mt-3 text-ink-2">{t('dialogue.none')}</p> : null}
      <ol aria-live="polite">
        {messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ol>
      {isOpen ? <Answer id={id} asked={messages.at(-1)?.side === 'admin'} /> : null}
    </section>
  );
}

function Message({ message }: { message: contract.AppealMessage }): ReactNode {
  const { t } = useTranslation('appeals');
  const { dateTime } = useFormat();
  const isTheirs = message.side === 'admin';
  return (
    <li className={clsx('border-b border-line py-3', isTheirs && 'border-l-2 border-l-ink-3 pl-4')}>
      <p className="text-14 text-ink-3">
        <span className="font-[600] text-ink-2">{t(isTheirs ? 'dialogue.admin' : 'dialogue.you')}</span>{' '}
        <time dateTime={message.createdAt} className="mono">
          {dateTime(message.createdAt)}
        </time>
      </p>
      <p className="voice mt-1 max-w-[60ch] text-18 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
        {message.message}
      </p>
    </li>
  );
}

function Answer({ id, asked }: { id: string; asked: boolean }): ReactNode {
  const { t } = useTranslation('appeals');
  const [text, setText] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const { submit, busy, error } = useSubmit(async () => {
    await answerInAppeal(id, text.trim());
    setText('');
    setIsOpen(false);
  });
  const length = [...text.trim()].length;
  // Asked for, the field is there; else it is a thing one may want to add.
  if (!asked && !isOpen) {
    return (
      <Button className="mt-4" onClick={() => setIsOpen(true)}>
        {t('dialogue.add')}
      </Button>
    );
  }
  return (
    <form
      className="box mt-4 grid gap-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (length > 0 && length <= MOST) void submit();
      }}
    >
      <Field label={t(asked ? 'dialogue.answer' : 'dialogue.more')} hint={<CharacterCount value={text} max={MOST} />}>
        <Textarea
          value={text}
          onChange={(event) => setText(event.target.value)}
          rows={3}
          className="voice text-18"
          dir="auto"
        />
      </Field>
      <FormProblem error={error} />
      <div>
        <Button look="main" type="submit" busy={busy} disabled={length === 0 || length > MOST}>
          {t('dialogue.send')}
        </Button>
      </div>
    </form>
  );
}
