import { codePoints, type PenaltyItem } from '@virgil/contract';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendAppeal } from '../../api/appeals.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Textarea } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

const LEAST = 10;
const MOST = 5000;

/** The one box of the page: here one writes. */
export function AppealForm({ item }: { item: PenaltyItem }): ReactNode {
  const { t } = useTranslation('appeals');
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const length = codePoints(text.trim());
  const fits = length >= LEAST && length <= MOST;
  const { submit, busy, error } = useSubmit(async () => {
    await sendAppeal({ subject: { type: item.kind, id: item.id }, reason: text.trim() });
    showToast(t('form.sent'));
  });

  function send(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (fits) void submit();
  }

  const count = length > MOST ? t('form.tooLong', { count: length }) : t('form.count', { count: length });
  return (
    <form onSubmit={send} className="box mt-8 grid gap-4" noValidate>
      <div>
        <h3 className="text-21">{t('form.title')}</h3>
        <p className="mt-1 text-ink-2">{t('form.text')}</p>
      </div>
      <Field label={t('form.side')} hint={count} error={tried && !fits ? count : undefined}>
        <Textarea
          value={text}
          onChange={(event) => setText(event.target.value)}
          rows={5}
          className="voice text-18"
          dir="auto"
        />
      </Field>
      <FormProblem error={error} />
      <div>
        <Button look="main" type="submit" busy={busy}>
          {t('form.send')}
        </Button>
      </div>
    </form>
  );
}
