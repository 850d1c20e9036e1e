import type { audit } from '@virgil/contract';
import { KeyRound, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addAuditKey, restartAuditLog, retireAuditKey, useAuditState } from '../../../api/audit.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../../ui/dialog.tsx';
import { Field, Textarea } from '../../../ui/field.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { useNow } from '../../../ui/use-now.ts';

type State = audit.AuditLogState;

function Figure({ value, name }: { value: ReactNode; name: string }): ReactNode {
  return (
    <div>
      <dd className="num text-21 leading-tight font-[580]">{value}</dd>
      <dt className="text-13 text-ink-3">{name}</dt>
    </div>
  );
}

function useAge(): (instant: string) => string {
  const { t } = useTranslation('audit');
  const { duration } = useFormat();
  const now = useNow(5_000);
  return (instant) => t('ago', { age: duration(Math.max(0, Math.floor((now - Date.parse(instant)) / 1000))) });
}

function Figures({ state }: { state: State }): ReactNode {
  const { t } = useTranslation('audit');
  const { number } = useFormat();
  const age = useAge();
  const { witness } = state;
  return (
    // dt stands under its dd, as the figures are read; the order in the list is name by name all the same.
    <dl className="flex flex-wrap gap-x-10 gap-y-3">
      <Figure value={number(state.size)} name={t('figure.entries')} />
      <Figure value={state.publishedAt === null ? '—' : age(state.publishedAt)} name={t('figure.checkpoint')} />
      {witness === null ? (
        <Figure value={t('figure.none')} name={t('figure.witness')} />
      ) : (
        <Figure
          value={<span className={witness.problem === null ? '' : 'text-bad'}>{number(witness.size)}</span>}
          name={t('figure.witnessed', { name: witness.name })}
        />
      )}
      {state.waiting > 0 ? <Figure value={number(state.waiting)} name={t('figure.waiting')} /> : null}
    </dl>
  );
}

function Refusal({ state }: { state: State }): ReactNode {
  const { t } = useTranslation('audit');
  const { number } = useFormat();
  const problemText = useProblemText();
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { refusal } = state;
  if (refusal === null) return null;
  return (
    <section role="alert" className="spine border-l-bad! px-4 py-4 md:mx-6">
      <h2 className="flex items-center gap-2 text-18 text-bad">
        <TriangleAlert aria-hidden="true" size={18} strokeWidth={1.75} />
        {t('refusal.title')}
      </h2>
      <p className="mt-1 max-w-[66ch]">
        {t(`refusal.${refusal.reason}`, {
          published: number(refusal.publishedSize ?? 0),
          local: number(refusal.localSize),
        })}
      </p>
      <p className="mt-1 max-w-[66ch] text-ink-2">{t('refusal.text', { waiting: number(state.waiting) })}</p>
      <Button look="bad" className="mt-3" onClick={() => setAsking(true)}>
        {t('restart.act')}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('restart.title')}
        description={t('restart.text')}
        act={t('restart.act')}
        dangerous
        problem={problemText}
        onConfirm={async () => {
          await restartAuditLog(reason);
          showToast(t('restart.done'));
        }}
      >
        <Field label={t('restart.reason')}>
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} maxLength={2000} />
        </Field>
      </ConfirmDialog>
    </section>
  );
}

function Keys({ state }: { state: State }): ReactNode {
  const { t } = useTranslation('audit');
  const { dateTime } = useFormat();
  const problemText = useProblemText();
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<'add' | 'retire' | null>(null);
  const inForce = state.keys.filter(({ retiredAt }) => retiredAt === null).length;
  return (
    <>
      <Button small onClick={() => setOpen(true)}>
        <KeyRound aria-hidden="true" size={16} strokeWidth={1.75} />
        {t('keys.title')}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t('keys.title')} description={t('keys.text')} wide>
        <ul className="border-t border-line">
          {state.keys.map(({ verifier, addedAt, retiredAt }) => (
            <li key={verifier} className="border-b border-line py-2">
              <p className="mono text-13 wrap-anywhere select-all">{verifier}</p>
              <p className="text-13 text-ink-3">
                {retiredAt === null
                  ? t('keys.since', { when: dateTime(addedAt) })
                  : t('keys.retired', { when: dateTime(retiredAt) })}
              </p>
            </li>
          ))}
        </ul>
        <div className="mt-4 flex flex-wrap gap-3">
          {inForce < 2 ? (
            <Button onClick={() => setAsked('add')}>{t('keys.add')}</Button>
          ) : (
            <Button onClick={() => setAsked('retire')}>{t('keys.retire')}</Button>
          )}
        </div>
      </Dialog>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
        title={t(asked === 'retire' ? 'keys.retireTitle' : 'keys.addTitle')}
        description={t(asked === 'retire' ? 'keys.retireText' : 'keys.addText')}
        act={t(asked === 'retire' ? 'keys.retire' : 'keys.add')}
        problem={problemText}
        onConfirm={() => (asked === 'retire' ? retireAuditKey() : addAuditKey())}
      />
    </>
  );
}

export function LogHead(): ReactNode {
  const { t } = useTranslation('audit');
  const { data: state } = useAuditState();
  return (
    <header className="border-b border-line">
      <div className="grid items-end gap-4 px-4 pt-5 pb-4 md:px-6 lg:grid-cols-[minmax(0,1fr)_auto]">
        <div>
          <h1 className="text-27 md:text-36">{t('title')}</h1>
          <p className="mt-1.5 max-w-[62ch] text-ink-2">{t('intro')}</p>
        </div>
        {state ? (
          <div className="flex flex-wrap items-end gap-x-10 gap-y-3">
            <Figures state={state} />
            <Keys state={state} />
          </div>
        ) : null}
      </div>
      {state ? <Refusal state={state} /> : null}
    </header>
  );
}
