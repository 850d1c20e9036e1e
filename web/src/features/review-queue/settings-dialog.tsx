/** One's own desk: what is veiled, and which key does what. An admin may set it for everybody who chose nothing. */
import type { desk } from '@virgil/contract';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeDesk, type DeskChange } from '../../api/desk.ts';
import { useMe } from '../../api/me.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { Switch } from '../../ui/switch.tsx';
import { TickBox } from '../../ui/tick-box.tsx';
import { ACTS, isRefused, type Keys, keyName, withKey } from './key-map.ts';

type Refused = { readonly act: desk.DeskAct; readonly text: string };

export function SettingsDialog({ own, onClose }: { own: desk.Desk; onClose: () => void }): ReactNode {
  const { t } = useTranslation('queue');
  const textOf = useProblemText();
  const me = useMe();
  const [forEverybody, setForEverybody] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const shown = forEverybody ? own.defaults : own.preferences;

  async function change(to: DeskChange): Promise<void> {
    setProblem(null);
    try {
      await changeDesk(to, forEverybody);
    } catch (error) {
      setProblem(textOf(error));
    }
  }
  const toggle = (name: 'veil' | 'greyscale' | 'muted' | 'keysOn') => (
    <Switch
      label={t(`settings.${name}`)}
      hint={t(`settings.${name}Hint`)}
      checked={shown[name]}
      onChange={(on) => void change({ [name]: on })}
    />
  );
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('settings.title')}
      description={t('settings.intro')}
      foot={
        <>
          <Button
            onClick={() => void change({ reset: ['veil', 'greyscale', 'muted', 'keysOn', 'keys', 'sort'] })}
            disabled={!forEverybody && own.own.length === 0}
          >
            {t(forEverybody ? 'settings.resetAll' : 'settings.reset')}
          </Button>
          <Button look="main" onClick={onClose}>
            {t('settings.done')}
          </Button>
        </>
      }
    >
      {me?.role === 'admin' ? (
        <TickBox checked={forEverybody} onChange={setForEverybody} className="mb-3 border-b border-line pb-3">
          {t('settings.forEverybody')}
        </TickBox>
      ) : null}
      {problem === null ? null : (
        <p role="alert" className="mb-2 text-bad">
          {problem}
        </p>
      )}
      {toggle('veil')}
      {toggle('greyscale')}
      {toggle('muted')}
      <Field label={t('settings.sort')} className="py-2">
        <Select value={shown.sort} onChange={(event) => void change({ sort: event.target.value as 'risk' | 'oldest' })}>
          <option value="risk">{t('sort.risk')}</option>
          <option value="oldest">{t('sort.oldest')}</option>
        </Select>
      </Field>
      {toggle('keysOn')}
      <KeyTable keys={shown.keys} disabled={!shown.keysOn} onChange={(keys) => void change({ keys })} />
    </Dialog>
  );
}

function KeyTable({
  keys,
  disabled,
  onChange,
}: {
  keys: Keys;
  disabled: boolean;
  onChange: (keys: Keys) => void;
}): ReactNode {
  const { t } = useTranslation('queue');
  const [refused, setRefused] = useState<Refused | null>(null);
  const press = (act: desk.DeskAct) => (event: KeyboardEvent) => {
    // These move and close here as everywhere.
    if (['Tab', 'Shift', 'Escape', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    event.preventDefault();
    const next = withKey(keys, act, event.key);
    if (!isRefused(next)) {
      setRefused(null);
      onChange(next);
      return;
    }
    const text =
      next.because === 'taken'
        ? t('settings.taken', { key: keyName(event.key), act: t(`keyOf.${next.by}`) })
        : t(`settings.${next.because}`);
    setRefused({ act, text });
  };
  return (
    <fieldset disabled={disabled} className="mt-2">
      <legend className="sr-only">{t('settings.keys')}</legend>
      <p className="text-14 text-ink-3">{t('settings.keysIntro')}</p>
      <div className="mt-2 grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        {ACTS.map((act) => (
          <div key={act}>
            <label className="flex items-center justify-between gap-3">
              {t(`keyOf.${act}`)}
              <input
                className="input mono w-14! text-center"
                value={keyName(keys[act])}
                readOnly
                aria-invalid={refused?.act === act ? true : undefined}
                onKeyDown={press(act)}
              />
            </label>
            {refused?.act === act ? (
              <p role="alert" className="text-14 text-bad">
                {refused.text}
              </p>
            ) : null}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
