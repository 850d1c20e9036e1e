import type { UserId } from '@virgil/contract';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { placeHold } from '../../../api/admin-data.ts';
import { useUsers } from '../../../api/admin-users.ts';
import { itemsOf } from '../../../api/queries.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Input, Select } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { useFieldProblem } from '../../../ui/problem-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { useDebounced } from '../../../ui/use-debounced.ts';
import { useSubmit } from '../../../ui/use-submit.ts';

const LONGEST_YEARS = 3;

/** A name or an address finds the person; one of those found is chosen. */
function PersonChoice({ chosen, onChange }: { chosen: string; onChange: (id: string) => void }): ReactNode {
  const { t } = useTranslation('privacy');
  const [words, setWords] = useState('');
  const q = useDebounced(words.trim());
  const found = itemsOf(useUsers(q === '' ? {} : { q }).data);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('admin.find')}>
        <Input type="search" value={words} maxLength={200} onChange={(event) => setWords(event.target.value)} />
      </Field>
      <Field label={t('admin.person')}>
        <Select required value={chosen} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('admin.choose')}</option>
          {found.map(({ id, displayName, email }) => (
            <option key={id} value={id}>
              {displayName} ({email})
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}

export function PlaceHoldDialog({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['privacy', 'common']);
  const fieldProblem = useFieldProblem();
  const formId = useId();
  const [person, setPerson] = useState('');
  const [form, setForm] = useState({ caseReference: '', authority: '', reason: '', expiresAt: '' });
  const set = (name: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm({ ...form, [name]: event.target.value });
  const { submit, busy, error, clear } = useSubmit(async () => {
    const expiresAt = new Date(`${form.expiresAt}T23:59:59Z`).toISOString();
    // The id of an option is one the server gave.
    await placeHold(person as UserId, { ...form, expiresAt });
    showToast(t('admin.placed'));
    close();
  });
  function close(): void {
    setPerson('');
    setForm({ caseReference: '', authority: '', reason: '', expiresAt: '' });
    clear();
    onClose();
  }
  const day = (years: number) => new Date(Date.now() + (years * 365 + 1) * 86_400_000).toISOString().slice(0, 10);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      title={t('admin.place')}
      description={t('admin.placeText')}
      wide
      foot={
        <>
          <Button onClick={close}>{t('common:cancel')}</Button>
          <Button look="main" type="submit" form={formId} busy={busy}>
            {t('admin.place')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <PersonChoice chosen={person} onChange={setPerson} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('admin.case')} error={fieldProblem(error, 'caseReference')}>
            <Input required maxLength={100} value={form.caseReference} onChange={set('caseReference')} />
          </Field>
          <Field label={t('admin.authority')} error={fieldProblem(error, 'authority')}>
            <Input required maxLength={200} value={form.authority} onChange={set('authority')} />
          </Field>
        </div>
        <Field label={t('admin.reason')} error={fieldProblem(error, 'reason')}>
          <Input required maxLength={1000} value={form.reason} onChange={set('reason')} />
        </Field>
        <Field label={t('admin.ends')} hint={t('admin.endsHint')} error={fieldProblem(error, 'expiresAt')}>
          <Input
            type="date"
            required
            min={day(0)}
            max={day(LONGEST_YEARS)}
            value={form.expiresAt}
            onChange={set('expiresAt')}
            className="sm:max-w-56"
          />
        </Field>
        <FormProblem error={error} />
      </form>
    </Dialog>
  );
}
