import type { accounts, Language } from '@virgil/contract';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateMe } from '../../api/me.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { CharacterCount, Field, Input, Select, Textarea } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { useFieldProblem } from '../../ui/problem-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { AvatarPart } from './avatar-part.tsx';
import { Part } from './part.tsx';

function TimeZoneSelect({ value, onChange }: { value: string; onChange: (zone: string) => void }): ReactNode {
  const zones = useMemo(() => {
    const all = Intl.supportedValuesOf('timeZone');
    return [...new Set(['UTC', value, ...all])].sort((a, b) => a.localeCompare(b));
  }, [value]);
  return (
    <Select value={value} onChange={(event) => onChange(event.target.value)}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </Select>
  );
}

export function ProfileSection({ me }: { me: accounts.Me }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { timeZone: browserZone } = useFormat();
  const fieldProblem = useFieldProblem();
  const [displayName, setDisplayName] = useState(me.displayName);
  const [bio, setBio] = useState(me.bio);
  const [language, setLanguage] = useState<Language>(me.language);
  const [timeZone, setTimeZone] = useState(me.timeZone === 'UTC' ? browserZone : me.timeZone);
  const { submit, busy, error } = useSubmit(async () => {
    await updateMe({
      ...(displayName.trim() === me.displayName ? {} : { displayName }),
      bio,
      language,
      timeZone,
    });
    showToast(t('common:saved'));
  });

  return (
    <>
      <AvatarPart me={me} />
      <Part title={t('profile.title')} text={t('profile.text')}>
        <form
          className="grid gap-5"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Field
            label={t('profile.name')}
            hint={<CharacterCount value={displayName} max={32} />}
            error={fieldProblem(error, 'displayName')}
          >
            <Input
              autoComplete="nickname"
              required
              value={displayName}
              onChange={(event) => setDisplayName(event.target.value)}
            />
          </Field>
          <Field
            label={t('profile.bio')}
            optional
            hint={<CharacterCount value={bio} max={500} />}
            error={fieldProblem(error, 'bio')}
          >
            <Textarea value={bio} rows={4} onChange={(event) => setBio(event.target.value)} />
          </Field>
          <div className="grid gap-5 sm:grid-cols-2">
            <Field label={t('profile.language')} hint={t('profile.languageHint')}>
              <Select value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
                <option value="en" lang="en">
                  English
                </option>
                <option value="de" lang="de">
                  Deutsch
                </option>
              </Select>
            </Field>
            <Field
              label={t('profile.timeZone')}
              hint={t('profile.timeZoneHint')}
              error={fieldProblem(error, 'timeZone')}
            >
              <TimeZoneSelect value={timeZone} onChange={setTimeZone} />
            </Field>
          </div>
          <FormProblem error={error} />
          <Button look="main" type="submit" busy={busy} className="justify-self-start">
            {t(busy ? 'common:saving' : 'common:save')}
          </Button>
        </form>
      </Part>
    </>
  );
}
