import { type Realm, realm } from '@virgil/contract';
import { Check, Globe, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CharacterCount, Field, Input, Textarea } from '../../ui/field.tsx';
import { RealmGlyph } from '../../ui/realm-mark.tsx';
import { ToggleGroup } from '../../ui/toggle-group.tsx';

/** What a stream says about itself. Kept on this device until the stream starts. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly danteRealm: Realm;
  readonly patronOnly: boolean;
}

export const MAX_TITLE = 140;
export const MAX_CATEGORY = 40;
export const MAX_DESCRIPTION = 2000;

export interface StreamFormProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly titleError: string | undefined;
  /** While live who may watch is fixed. */
  readonly live: boolean;
}

export function StreamForm({ draft, onChange, titleError, live }: StreamFormProps): ReactNode {
  const { t } = useTranslation('studio');
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  return (
    <div className="grid gap-6">
      <Field label={t('title')} error={titleError} hint={<CharacterCount value={draft.title} max={MAX_TITLE} />}>
        <Input
          className="text-18 font-[600]"
          value={draft.title}
          placeholder={t('titleHint')}
          onChange={(event) => set({ title: event.target.value })}
        />
      </Field>
      <fieldset>
        <legend className="mb-1.5 font-[600]">{t('realm')}</legend>
        <div className="overflow-hidden rounded-2 border border-line-strong">
          {realm.options.map((option) => (
            <label
              key={option}
              data-realm={option}
              className="realm-choice flex cursor-pointer items-center gap-4 border-line px-3.5 py-2.5 not-first:border-t has-[:checked]:bg-tone-soft has-[:focus-visible]:outline-2 has-[:focus-visible]:-outline-offset-2 has-[:focus-visible]:outline-focus"
            >
              <input
                type="radio"
                name="realm"
                className="sr-only"
                checked={draft.danteRealm === option}
                onChange={() => set({ danteRealm: option })}
              />
              <RealmGlyph realm={option} className="text-[1.25rem] text-tone" />
              <span className="grow">
                <span className="block font-[600]">{t(`realmName.${option}`)}</span>
                <span className="block text-14 text-ink-2">{t(`realmText.${option}`)}</span>
              </span>
              {draft.danteRealm === option ? <Check aria-hidden="true" size={18} strokeWidth={1.75} /> : null}
            </label>
          ))}
        </div>
        <p className="mt-1.5 text-14 text-ink-3">{t('realmHint')}</p>
      </fieldset>
      <div>
        <p className="mb-1.5 font-[600]">{t('whoWatches')}</p>
        {live ? (
          <p className="text-ink-2">{draft.patronOnly ? t('patrons') : t('everyone')}</p>
        ) : (
          <ToggleGroup
            className="w-full [&>*]:flex-1"
            label={t('whoWatches')}
            value={draft.patronOnly ? 'patrons' : 'everyone'}
            onChange={(value) => set({ patronOnly: value === 'patrons' })}
            choices={[
              {
                value: 'everyone',
                label: t('everyone'),
                icon: <Globe aria-hidden="true" size={18} strokeWidth={1.75} />,
              },
              { value: 'patrons', label: t('patrons'), icon: <Lock aria-hidden="true" size={18} strokeWidth={1.75} /> },
            ]}
          />
        )}
      </div>
      <Field label={t('category')} optional hint={t('categoryHint')}>
        <Input
          value={draft.category}
          maxLength={MAX_CATEGORY}
          onChange={(event) => set({ category: event.target.value })}
        />
      </Field>
      <Field
        label={t('description')}
        optional
        hint={<CharacterCount value={draft.description} max={MAX_DESCRIPTION} />}
      >
        <Textarea rows={3} value={draft.description} onChange={(event) => set({ description: event.target.value })} />
      </Field>
    </div>
  );
}
