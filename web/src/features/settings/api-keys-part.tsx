import { type accounts, SCOPES, type Scope } from '@virgil/contract';
import { Terminal } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createApiKey, revokeApiKey, useApiKeys } from '../../api/api-keys.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { useFieldProblem, useProblemText } from '../../ui/problem-text.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { Part } from './part.tsx';

const LIFETIMES = [30, 90, 365] as const;

function ScopeChoice({
  scopes,
  chosen,
  onChange,
}: {
  scopes: readonly Scope[];
  chosen: readonly Scope[];
  onChange: (chosen: Scope[]) => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const id = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 font-[600]">{t('keys.scopes')}</legend>
      <ul className="grid gap-1">
        {scopes.map((scope) => (
          <li key={scope} className="flex items-start gap-2.5 py-1">
            <input
              id={id + scope}
              type="checkbox"
              className="mt-1 size-4.5 flex-none"
              checked={chosen.includes(scope)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, scope] : chosen.filter((each) => each !== scope))
              }
            />
            <label htmlFor={id + scope}>
              <span className="mono text-14 font-[600]">{scope}</span>
              <span className="block text-14 text-ink-3">{t(`keys.scope.${scope}`)}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function NewKey({ isAdmin, onMade }: { isAdmin: boolean; onMade: (key: string) => void }): ReactNode {
  const { t } = useTranslation('settings');
  const fieldProblem = useFieldProblem();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>(['read']);
  const [days, setDays] = useState('90');
  const { submit, busy, error } = useSubmit(async () => {
    onMade(await createApiKey({ name, scopes, ...(days ? { expiresInDays: Number(days) } : {}) }));
  });
  return (
    <form
      className="grid gap-5"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label={t('keys.name')} hint={t('keys.nameHint')} error={fieldProblem(error, 'name')}>
        <Input required maxLength={64} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <ScopeChoice
        scopes={SCOPES.filter((scope) => scope !== 'admin' || isAdmin)}
        chosen={scopes}
        onChange={setScopes}
      />
      <Field label={t('keys.expires')}>
        <Select value={days} onChange={(event) => setDays(event.target.value)}>
          {LIFETIMES.map((count) => (
            <option key={count} value={count}>
              {t('keys.days', { count })}
            </option>
          ))}
          <option value="">{t('keys.never')}</option>
        </Select>
      </Field>
      <FormProblem error={error} />
      <Button look="main" type="submit" busy={busy} disabled={scopes.length === 0} className="justify-self-start">
        {t('keys.make')}
      </Button>
    </form>
  );
}

export function ApiKeysPart({ me }: { me: accounts.Me }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { date } = useFormat();
  const problemText = useProblemText();
  const query = useApiKeys();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<accounts.ApiKey | null>(null);

  return (
    <Part
      title={t('keys.title')}
      text={t('keys.text')}
      side={
        <Button small onClick={() => setMaking(true)}>
          {t('keys.new')}
        </Button>
      }
    >
      {query.isPending ? <SkeletonRows rows={1} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data?.items.length === 0 ? <p className="text-ink-3">{t('keys.none')}</p> : null}
      <ul className="rows">
        {query.data?.items.map((key) => (
          <li key={key.id} className="flex items-start gap-4 py-3">
            <Terminal aria-hidden="true" size={20} strokeWidth={1.75} className="mt-0.5 flex-none text-ink-3" />
            <div className="min-w-0 grow">
              <p className="truncate font-[560]" dir="auto">
                {key.name} <span className="mono text-14 font-normal text-ink-3">{key.start}…</span>
              </p>
              <p className="mono text-14 text-ink-2">{key.scopes.join(', ')}</p>
              <p className="text-14 text-ink-3">
                {key.expiresAt ? t('keys.until', { date: date(key.expiresAt) }) : t('keys.noEnd')}{' '}
                {key.lastUsedAt ? t('keys.used', { date: date(key.lastUsedAt) }) : t('keys.unused')}
              </p>
            </div>
            <Button small aria-label={t('keys.revokeOf', { name: key.name })} onClick={() => setRevoking(key)}>
              {t('keys.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <Dialog
        open={making}
        onOpenChange={(open) => {
          setMaking(open);
          setMade(null);
        }}
        title={t(made ? 'keys.ready' : 'keys.new')}
        description={t(made ? 'keys.readyText' : 'keys.newText')}
      >
        {made ? (
          <>
            <p className="mono box overflow-x-auto text-14 whitespace-nowrap select-all">{made}</p>
            <div className="mt-2">
              <CopyButton text={made} name={t('keys.title')} />
            </div>
          </>
        ) : (
          <NewKey isAdmin={me.role === 'admin'} onMade={setMade} />
        )}
      </Dialog>
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => {
          if (!open) setRevoking(null);
        }}
        title={t('keys.revokeTitle', { name: revoking?.name ?? '' })}
        description={t('keys.revokeText')}
        act={t('keys.revoke')}
        dangerous
        problem={problemText}
        onConfirm={async () => {
          if (!revoking) return;
          await revokeApiKey(revoking.id);
          showToast(t('keys.revoked'));
        }}
      />
    </Part>
  );
}
