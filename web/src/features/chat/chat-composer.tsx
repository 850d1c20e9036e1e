import { Link } from '@tanstack/react-router';
import { chat, codePoints } from '@virgil/contract';
import { Coins, Timer } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clockOf, useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { CharacterCount } from '../../ui/field.tsx';

const MAX = chat.MESSAGE_MAX_CODE_POINTS;

export interface ChatComposerProps {
  readonly creatorName: string;
  readonly signedIn: boolean;
  readonly timedOutUntil: string | null;
  readonly onSay: (text: string) => void;
  readonly onTip: (() => void) | null;
}

/** What is typed stays until it is sent; a text that is too long stays and says by how much. */
export function ChatComposer({ creatorName, signedIn, timedOutUntil, onSay, onTip }: ChatComposerProps): ReactNode {
  const { t } = useTranslation(['chat', 'money']);
  const format = useFormat();
  const hintId = useId();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const restMs = useRest(timedOutUntil);
  const timedOut = restMs > 0;

  if (!signedIn)
    return (
      <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-3">
        <p className="text-14 text-ink-2">{t('guest')}</p>
        <Button asChild small look="main">
          <Link to="/sign-in" search={{ to: window.location.pathname }}>
            {t('signIn')}
          </Link>
        </Button>
      </div>
    );

  const trimmed = text.trim();
  const submit = () => {
    if (!trimmed) return;
    const parsed = chat.messageText.safeParse(trimmed);
    if (!parsed.success) {
      setRefused(codePoints(trimmed) > MAX ? t('tooLong', { count: codePoints(trimmed), max: MAX }) : t('unreadable'));
      return;
    }
    setRefused(null);
    setText('');
    onSay(parsed.data);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form
      className="border-t border-line px-4 pt-3 pb-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {timedOut && timedOutUntil ? (
        <div className="mb-2 flex gap-2 text-14 text-ink-2">
          <Timer aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
          <p className="grow">
            {t('timedOut', { name: creatorName, until: format.time(timedOutUntil) })}{' '}
            <Link to="/settings/account/appeals">{t('timedOutAppeals')}</Link>
          </p>
          <span role="timer" className="mono flex-none text-ink" aria-label={t('timedOutRest')}>
            {clockOf(Math.ceil(restMs / 1000))}
          </span>
        </div>
      ) : null}
      <label className="block rounded-2 border border-line-strong bg-bg px-3 py-2.5 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-focus">
        <span className="sr-only">{t('write', { name: creatorName })}</span>
        <textarea
          className="block h-11 w-full resize-none border-0 bg-transparent text-[0.9375rem] outline-none placeholder:text-ink-3"
          placeholder={t('write', { name: creatorName })}
          value={text}
          disabled={timedOut}
          aria-describedby={hintId}
          aria-invalid={refused !== null}
          enterKeyHint="send"
          onChange={(event) => {
            setText(event.target.value);
            setRefused(null);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <div className="mt-2 flex items-center gap-3 text-14">
        <p id={hintId} className="grow text-ink-3">
          {refused ? (
            <span role="alert" className="text-bad">
              {refused}
            </span>
          ) : (
            <CharacterCount value={text} max={MAX} />
          )}
        </p>
        {onTip ? (
          <Button look="quiet" disabled={timedOut} onClick={onTip}>
            <Coins aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('money:tip.open')}
          </Button>
        ) : null}
        <Button type="submit" look="main" disabled={timedOut || !trimmed}>
          {t('send')}
        </Button>
      </div>
    </form>
  );
}

/** Milliseconds until the moment, ticking; 0 once it has passed. */
function useRest(instant: string | null): number {
  const end = instant === null ? 0 : Date.parse(instant);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (end <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (end <= Date.now()) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [end]);
  return Math.max(0, end - now);
}
