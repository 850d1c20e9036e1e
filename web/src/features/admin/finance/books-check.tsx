import type { BooksCheck } from '@virgil/contract';
import { CircleAlert, CircleCheck, CircleDashed, ShieldCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkBooks } from '../../../api/books.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { showToast } from '../../../ui/toast.tsx';

const icon = { 'aria-hidden': true, size: 16, strokeWidth: 1.75 } as const;

const MARKS = {
  holds: <CircleCheck {...icon} className="mt-0.5 flex-none text-good" />,
  broken: <CircleAlert {...icon} className="mt-0.5 flex-none text-bad" />,
  unchecked: <CircleDashed {...icon} className="mt-0.5 flex-none text-ink-3" />,
} as const;

function Result({ result }: { result: BooksCheck['results'][number] }): ReactNode {
  const { t } = useTranslation('finance');
  const { findings, id, state } = result;
  return (
    <li className="grid grid-cols-[2.25rem_1fr] border-b border-line py-2">
      <span className="mono text-ink-3">{id}</span>
      <div className="min-w-0">
        <p className="flex gap-2">
          {MARKS[state]}
          <span className="min-w-0">
            {t(`invariant.${id}`)}{' '}
            <b className={state === 'broken' ? 'text-bad' : 'font-normal text-ink-3'}>
              {t(state === 'broken' ? 'check.isBroken' : `check.${state}`)}
            </b>
          </span>
        </p>
        {findings.length > 0 ? (
          <ul className={`mt-1 ml-6 grid gap-1 text-13 ${state === 'broken' ? 'text-ink' : 'text-ink-3'}`}>
            {findings.map((finding) => (
              <li key={finding} className="[overflow-wrap:anywhere]" lang="en">
                {finding}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  );
}

/** What must be true of the books, whether it is, and since when one knows. */
export function BooksCheckPart({ check }: { check: BooksCheck | null }): ReactNode {
  const { t } = useTranslation('finance');
  const { dateTime } = useFormat();
  const problemText = useProblemText();
  const [busy, setBusy] = useState(false);

  async function checkNow(): Promise<void> {
    setBusy(true);
    try {
      const { isSound } = await checkBooks();
      showToast(t(isSound ? 'check.done' : 'check.doneBroken'), isSound ? {} : { tone: 'bad' });
    } catch (error) {
      showToast(problemText(error), { tone: 'bad' });
    } finally {
      setBusy(false);
    }
  }

  return (
    <section>
      <div className="head items-center">
        <h2 className="grow py-1">{t('check.title')}</h2>
        <Button small busy={busy} onClick={() => void checkNow()}>
          <ShieldCheck {...icon} />
          {t('check.now')}
        </Button>
      </div>
      {check === null ? (
        <p className="py-3 text-ink-2">{t('check.never')}</p>
      ) : (
        <>
          <div className="py-3" role={check.isSound ? undefined : 'alert'}>
            <p className={check.isSound ? 'font-[620]' : 'font-[620] text-bad'}>
              {t(check.isSound ? 'check.sound' : 'check.broken')}
            </p>
            {check.isSound ? null : <p className="text-ink-2">{t('check.brokenText')}</p>}
            <p className="text-ink-3">{t('check.at', { when: dateTime(check.at) })}</p>
          </div>
          <ul className="border-t border-line">
            {check.results.map((result) => (
              <Result key={result.id} result={result} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
