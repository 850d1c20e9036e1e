import { useQuery } from '@tanstack/react-query';
import { type accounts, type channels, type Realm, realm as realms } from '@virgil/contract';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelSettingsQuery, updateChannelSettings } from '../../api/channels.ts';
import { useInstance } from '../../api/instance.ts';
import { Button } from '../../ui/button.tsx';
import { CharacterCount, Field, Input, Textarea } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { useFieldProblem } from '../../ui/problem-text.ts';
import { RealmGlyph } from '../../ui/realm-mark.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ToggleGroup } from '../../ui/toggle-group.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { MembersPart } from './members-part.tsx';
import { ModerationPart } from './moderation-part.tsx';
import { Part } from './part.tsx';
import { PatronPricePart } from './patron-price-part.tsx';

function ChannelForm({ id, settings }: { id: string; settings: channels.ChannelSettings }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const fieldProblem = useFieldProblem();
  const [draft, setDraft] = useState(settings);
  const change = (part: Partial<channels.ChannelSettings>): void => setDraft((now) => ({ ...now, ...part }));
  const { submit, busy, error } = useSubmit(async () => {
    // The price of patrons has a form of its own.
    const { patronPrice: _price, ...words } = draft;
    await updateChannelSettings(id, words);
    showToast(t('common:saved'));
  });
  return (
    <form
      className="grid gap-12"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Part title={t('channel.about')}>
        <Field
          label={t('channel.description')}
          optional
          hint={<CharacterCount value={draft.description} max={1000} />}
          error={fieldProblem(error, 'description')}
        >
          <Textarea
            rows={5}
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
          />
        </Field>
      </Part>
      <Part title={t('channel.defaults')} text={t('channel.defaultsText')}>
        <div className="grid gap-5">
          <Field
            label={t('channel.defaultTitle')}
            optional
            hint={<CharacterCount value={draft.defaultTitle} max={140} />}
            error={fieldProblem(error, 'defaultTitle')}
          >
            <Input value={draft.defaultTitle} onChange={(event) => change({ defaultTitle: event.target.value })} />
          </Field>
          <Field
            label={t('channel.defaultCategory')}
            optional
            hint={<CharacterCount value={draft.defaultCategory} max={40} />}
            error={fieldProblem(error, 'defaultCategory')}
          >
            <Input
              value={draft.defaultCategory}
              onChange={(event) => change({ defaultCategory: event.target.value })}
            />
          </Field>
          <div>
            <p className="mb-1.5 font-[600]" aria-hidden="true">
              {t('channel.defaultRealm')}
            </p>
            <ToggleGroup<Realm>
              label={t('channel.defaultRealm')}
              value={draft.defaultRealm}
              onChange={(defaultRealm) => change({ defaultRealm })}
              className="flex-wrap"
              choices={realms.options.map((value) => ({
                value,
                label: t(`common:realm.${value}`),
                icon: (
                  <span data-realm={value} className="contents">
                    <RealmGlyph realm={value} className="text-tone" />
                  </span>
                ),
              }))}
            />
          </div>
          <Switch
            label={t('channel.record')}
            hint={t('channel.recordHint')}
            checked={draft.record}
            onChange={(record) => change({ record })}
          />
          <FormProblem error={error} />
          <Button look="main" type="submit" busy={busy} className="justify-self-start">
            {t(busy ? 'common:saving' : 'common:save')}
          </Button>
        </div>
      </Part>
    </form>
  );
}

export function ChannelSection({ me }: { me: accounts.Me }): ReactNode {
  const query = useQuery(channelSettingsQuery(me.id));
  const takesMoney = useInstance()?.payments ?? false;
  return (
    <>
      {query.isPending ? <SkeletonRows /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <ChannelForm id={me.id} settings={query.data} /> : null}
      {query.data && takesMoney ? <PatronPricePart channelId={me.id} price={query.data.patronPrice} /> : null}
      <ModerationPart channelId={me.id} />
      <MembersPart channelId={me.id} />
    </>
  );
}
