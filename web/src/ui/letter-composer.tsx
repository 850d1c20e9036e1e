import { chat, codePoints } from '@virgil/contract';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem.ts';
import { Button } from './button.tsx';
import { CharacterCount } from './field.tsx';
import { useProblemText } from './problem-text.ts';
import { useDraft } from './use-draft.ts';
import { useSubmit } from './use-submit.ts';

const MAX = chat.MESSAGE_MAX_CODE_POINTS;

export interface LetterComposerProps {
  readonly label: string;
  /** Under which name what was typed is kept. */
  readonly draft: string;
  readonly act: string;
  /** Sent again after a failure, it carries the same `clientId`. */
  readonly onSend: (text: string, clientId: string) => Promise<void>;
  /** Enter sends, Shift and Enter begins a line; otherwise Enter begins a line. */
  readonly enterSends?: boolean;
  /** Said instead of the code’s own sentence when the server will not have it from this person. */
  readonly refusal?: string;
  readonly rows?: number;
}

/** What is typed stays until it is sent; a text that is too long stays and says by how much. */
export function LetterComposer({
  label,
  draft,
  act,
  onSend,
  enterSends = false,
  refusal,
  rows = 2,
}: LetterComposerProps): ReactNode {
  const { t } = useTranslation(['letters', 'chat']);
  const problemText = useProblemText();
  const hintId = useId();
  const [text, setText] = useDraft(draft);
  const [unfit, setUnfit] = useState<string | null>(null);
  const attempt = useRef<{ text: string; clientId: string } | null>(null);
  const { submit, busy, error, clear } = useSubmit(async (words: string) => {
    if (attempt.current?.text !== words) attempt.current = { text: words, clientId: crypto.randomUUID() };
    await onSend(words, attempt.current.clientId);
    attempt.current = null;
    setText('');
  });

  const trimmed = text.trim();
  const send = () => {
    if (!trimmed) return;
    const parsed = chat.messageText.safeParse(trimmed);
    if (parsed.success) return void submit(parsed.data);
    const count = codePoints(trimmed);
    setUnfit(count > MAX ? t('chat:tooLong', { count, max: MAX }) : t('chat:unreadable'));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const withMeta = event.ctrlKey || event.metaKey;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.shiftKey) return;
    if (!enterSends && !withMeta) return;
    event.preventDefault();
    send();
  };
  const problem = error === null ? null : asProblem(error);
  const failure =
    unfit ??
    (problem === null
      ? null
      : problem.code === 'offline'
        ? t('kept')
        : problem.code === 'not_allowed' && refusal !== undefined
          ? refusal
          : problemText(error));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label className="block rounded-2 border border-line-strong bg-bg px-3 py-2.5 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-focus">
        <span className="sr-only">{label}</span>
        <textarea
          className="block max-h-48 min-h-12 w-full resize-none border-0 bg-transparent outline-none [field-sizing:content] placeholder:text-ink-3"
          rows={rows}
          placeholder={label}
          value={text}
          aria-describedby={hintId}
          aria-invalid={failure !== null}
          dir="auto"
          {...(enterSends ? { enterKeyHint: 'send' as const } : {})}
          onChange={(event) => {
            setText(event.target.value);
            setUnfit(null);
            clear();
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <div className="mt-2 flex items-center gap-3 text-14">
        <p id={hintId} className="grow text-ink-3">
          {failure ? (
            <span role="alert" className="text-bad">
              {failure}
            </span>
          ) : (
            <CharacterCount value={text} max={MAX} />
          )}
        </p>
        <Button type="submit" look="main" busy={busy} disabled={!trimmed}>
          {act}
        </Button>
      </div>
    </form>
  );
}
