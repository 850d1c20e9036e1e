import { codePoints, type PenaltyItem } from '@virgil/contract';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendAppeal } from '../../api/appeals.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Textarea } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { keepDraft, readDraft } from './appeal-draft.ts';
import { ScreenshotField } from './screenshot-field.tsx';

const LEAST = 10;
const MOST = 5000;
export const FORM_ID = 'appeal-form';

/** The one box of the page: here one writes. */
export function AppealForm({ item }: { item: PenaltyItem }): ReactNode {
  const { t } = useTranslation('appeals');
  const [text, setText] = useState(() => readDraft(item.id));
  const [screenshot, setScreenshot] = useState<File | null>(null);
  const [tried, setTried] = useState(false);
  const length = codePoints(text.trim());
  const fits = length >= LEAST && length <= MOST;
  const { submit, busy, error } = useSubmit(async () => {
    await sendAppeal({ subject: { type: item.kind, id: item.id }, reason: text.trim() }, screenshot);
    keepDraft(item.id, '');
    showToast(t('form.sent'));
  });

  function write(words: string): void {
    setText(words);
    keepDraft(item.id, words);
  }

  function send(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (fits) void submit();
  }

  const count = length > MOST ? t('form.tooLong', { count: length }) : t('form.count', { count: length });
  return (
    <form
      id={FORM_ID}
      onSubmit={send}
      className="box mt-8 grid gap-4 max-sm:-mx-4 max-sm:rounded-none max-sm:border-x-0"
      noValidate
    >
      <div>
        <h3 className="text-21">{t('form.title')}</h3>
        <p className="mt-1 text-ink-2">{t('form.text')}</p>
      </div>
      <Field
        label={t('form.side')}
        hint={<span aria-live="polite">{count}</span>}
        error={tried && !fits ? t(length > MOST ? 'form.tooLong' : 'form.tooShort', { count: length }) : undefined}
      >
        <Textarea
          value={text}
          onChange={(event) => write(event.target.value)}
          rows={5}
          className="voice text-18"
          dir="auto"
        />
      </Field>
      <ScreenshotField file={screenshot} onChange={setScreenshot} />
      <FormProblem error={error} />
      <div>
        <Button look="main" type="submit" busy={busy} className="max-sm:w-full">
          {t('form.send')}
        </Button>
      </div>
    </form>
  );
}
