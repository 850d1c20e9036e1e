/** An admin closes an account: whom, for how long, by which rule, and what follows. */
import { category as categories, type UserId } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '../../../api/admin-users.ts';
import { useMe } from '../../../api/me.ts';
import { usePolicies } from '../../../api/policies.ts';
import { itemsOf } from '../../../api/queries.ts';
import { issuePenalty } from '../../../api/standing.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../../ui/dialog.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useDebounced } from '../../../ui/use-debounced.ts';
import { useSubmit } from '../../../ui/use-submit.ts';
import { isAppealable, type Length, LengthChoice, penaltyOf, RuleSelect, ruleOf } from '../penalty-fields.tsx';
import { ReasonField } from '../reason-field.tsx';

export interface Person {
  readonly id: UserId;
  readonly displayName: string;
  readonly avatarUrl: string | null;
}

/** `person`: where it is known whom it is about. */
export function IssueDialog({ person, onClose }: { person?: Person; onClose: () => void }): ReactNode {
  const { t } = useTranslation('penalties');
  const [chosen, setChosen] = useState<Person | null>(person ?? null);
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={chosen === null ? t('pickTitle') : t('issueTitle', { name: chosen.displayName })}
    >
      {chosen === null ? (
        <PersonPicker onPick={setChosen} />
      ) : (
        <Terms person={chosen} onBack={person === undefined ? () => setChosen(null) : onClose} onDone={onClose} />
      )}
    </Dialog>
  );
}

function PersonPicker({ onPick }: { onPick: (person: Person) => void }): ReactNode {
  const { t } = useTranslation('penalties');
  const me = useMe();
  const [text, setText] = useState('');
  const q = useDebounced(text.trim());
  const query = useUsers({ q });
  const people = itemsOf(query.data).filter(({ id }) => id !== me?.id);
  return (
    <div className="grid gap-3">
      <SearchField label={t('pick')} value={text} onChange={setText} />
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && people.length === 0 ? <p className="text-ink-2">{t('pickNobody')}</p> : null}
      <ul className="rows max-h-80 overflow-y-auto border-t border-line">
        {people.slice(0, 20).map((person) => (
          <li key={person.id}>
            <button
              type="button"
              disabled={person.standing === 'banned'}
              onClick={() => onPick(person)}
              className="flex w-full items-center gap-3 px-1 py-2 text-left hover:bg-surface-2 disabled:text-ink-3"
            >
              <Avatar person={person} size="s" />
              <span className="min-w-0 grow">
                <bdi className="font-[560]">{person.displayName}</bdi>
                <span className="block truncate text-13 text-ink-3">{person.email}</span>
              </span>
              {person.standing === 'banned' ? <span className="text-13">{t('closedAlready')}</span> : null}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Terms({ person, onBack, onDone }: { person: Person; onBack: () => void; onDone: () => void }): ReactNode {
  const { t } = useTranslation(['penalties', 'escalations', 'common']);
  const { dateTime } = useFormat();
  const rules = usePolicies();
  const [length, setLength] = useState<Length>('24');
  const [rule, setRule] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [evidenceLink, setEvidenceLink] = useState('');
  const [tried, setTried] = useState(false);
  const [asks, setAsks] = useState(false);
  const name = person.displayName;
  const category = categories.safeParse(ruleOf(rules.data?.items, rule)?.category ?? null).data ?? null;
  const appealable = isAppealable(length, category);
  const linkIsWrong = evidenceLink.trim() !== '' && !/^https:\/\/[^\s"<>]+$/.test(evidenceLink.trim());
  const { busy, error, submit } = useSubmit(async () => {
    await issuePenalty({ ...penaltyOf({ length, rule, evidenceLink }), userId: person.id, reason: reason.trim() });
    showToast(t('issued', { name }));
    onDone();
  });
  function ask(): void {
    setTried(true);
    if (reason.trim() === '' || linkIsWrong) return;
    if (length === 'permanent') setAsks(true);
    else void submit();
  }
  const end = length === 'permanent' ? null : new Date(Date.now() + Number(length) * 3_600_000);
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <LengthChoice value={length} onChange={setLength} />
      <p className="max-w-[60ch] text-ink-2">
        {t('escalations:penalty.consequence', { name })}{' '}
        {end === null ? null : t('escalations:penalty.until', { date: dateTime(end) })}
      </p>
      {appealable ? null : <p className="border-l-[3px] border-bad pl-3">{t('escalations:penalty.noAppeal')}</p>}
      <ReasonField
        label={t('reason', { name })}
        value={reason}
        onChange={setReason}
        error={tried && reason.trim() === '' ? t('missing', { name }) : undefined}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <RuleSelect value={rule} onChange={setRule} category={null} />
        <Field
          label={t('escalations:penalty.evidence')}
          optional
          hint={t('escalations:penalty.evidenceHint')}
          error={tried && linkIsWrong ? t('escalations:penalty.evidenceWrong') : undefined}
        >
          <Input
            type="url"
            placeholder="https://"
            value={evidenceLink}
            onChange={(event) => setEvidenceLink(event.target.value)}
          />
        </Field>
      </div>
      <FormProblem error={error} />
      <div className="flex flex-wrap justify-end gap-6">
        <Button onClick={onBack}>{t('common:cancel')}</Button>
        <Button look="bad-fill" type="submit" busy={busy}>
          {t('issueAct')}
        </Button>
      </div>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={t('escalations:penalty.confirmTitle', { name })}
        description={t('escalations:penalty.confirmText')}
        act={t('issueAct')}
        dangerous
        onConfirm={() => void submit()}
      />
    </form>
  );
}
