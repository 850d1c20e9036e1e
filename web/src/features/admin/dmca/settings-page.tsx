import { Link } from '@tanstack/react-router';
import type { DmcaSettings } from '@virgil/contract';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SettingsBody, updateDmcaSettings, useDmcaSettings } from '../../../api/dmca.ts';
import { asProblem } from '../../../api/problem.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input, Textarea } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { useFieldProblem } from '../../../ui/problem-text.ts';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { TickBox } from '../../../ui/tick-box.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { AdminFrame } from '../admin-frame.tsx';

const NOBODY = {
  name: '',
  organisation: '',
  address: '',
  email: '',
  phone: '',
  registrationNumber: '',
  registeredOn: '',
};

function SettingsForm({ settings }: { settings: DmcaSettings }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { date } = useFormat();
  const [hasAgent, setHasAgent] = useState(settings.agent !== null);
  const [agent, setAgent] = useState(
    settings.agent === null ? NOBODY : { ...settings.agent, registeredOn: settings.agent.registeredOn ?? '' },
  );
  const [timeZone, setTimeZone] = useState(settings.timeZone);
  const [closed, setClosed] = useState(settings.closedDays.join('\n'));
  const [lumenExport, setLumenExport] = useState(settings.lumenExport);
  const fieldProblem = useFieldProblem();
  const { submit, busy, error } = useSubmit(async () => {
    const { address, email, name, organisation, phone, registeredOn, registrationNumber } = agent;
    const body: SettingsBody = {
      ...(hasAgent
        ? {
            agent: {
              name,
              organisation,
              address,
              email,
              phone,
              registrationNumber,
              registeredOn: registeredOn === '' ? null : registeredOn,
            },
          }
        : {}),
      timeZone: timeZone.trim(),
      closedDays: closed.split(/\s+/).filter((day) => day !== ''),
      lumenExport,
    };
    await updateDmcaSettings(body);
    showToast(t('set.saved'));
  });
  const refused = error === null || error === undefined ? [] : asProblem(error).fields.map(({ path }) => path);
  const field = (name: keyof typeof NOBODY) => ({
    value: agent[name],
    onChange: (event: { target: { value: string } }) => setAgent((old) => ({ ...old, [name]: event.target.value })),
  });
  const renewBy = settings.agent?.renewBy ?? null;

  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TickBox checked={hasAgent} onChange={setHasAgent}>
        {t('set.hasAgent')}
      </TickBox>
      {hasAgent ? (
        <div className="grid gap-4 border-l border-line pl-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('set.name')} error={fieldProblem(error, 'agent.name')}>
              <Input maxLength={200} {...field('name')} />
            </Field>
            <Field label={t('set.organisation')} optional>
              <Input maxLength={200} {...field('organisation')} />
            </Field>
          </div>
          <Field label={t('set.address')} error={fieldProblem(error, 'agent.address')}>
            <Textarea rows={3} maxLength={500} {...field('address')} />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('set.email')} error={fieldProblem(error, 'agent.email')}>
              <Input type="email" maxLength={254} {...field('email')} />
            </Field>
            <Field label={t('set.phone')} error={fieldProblem(error, 'agent.phone')}>
              <Input type="tel" maxLength={50} {...field('phone')} />
            </Field>
          </div>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <Field label={t('set.number')} optional>
              <Input maxLength={50} {...field('registrationNumber')} />
            </Field>
            <Field
              label={t('set.registeredOn')}
              optional
              hint={
                <>
                  {t('set.registeredHint')}
                  {renewBy === null ? null : (
                    <b className="block">{t('set.renewBy', { day: date(`${renewBy}T12:00:00Z`) })}</b>
                  )}
                </>
              }
              error={fieldProblem(error, 'agent.registeredOn')}
            >
              <Input type="date" {...field('registeredOn')} />
            </Field>
          </div>
        </div>
      ) : null}
      <Field
        label={t('set.zone')}
        hint={t('set.zoneHint')}
        error={refused.includes('timeZone') ? t('set.zoneWrong') : undefined}
      >
        <Input
          maxLength={64}
          spellCheck={false}
          value={timeZone}
          onChange={(event) => setTimeZone(event.target.value)}
          className="max-w-80"
        />
      </Field>
      <Field
        label={t('set.closed')}
        optional
        hint={t('set.closedHint')}
        error={refused.some((path) => path.startsWith('closedDays')) ? t('set.closedWrong') : undefined}
      >
        <Textarea
          rows={3}
          spellCheck={false}
          value={closed}
          onChange={(event) => setClosed(event.target.value)}
          className="mono max-w-80"
        />
      </Field>
      <TickBox checked={lumenExport} onChange={setLumenExport}>
        {t('set.lumen')}
      </TickBox>
      <FormProblem error={error} />
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" look="main" busy={busy}>
          {t('letter.save')}
        </Button>
        <Link to="/policies" hash="agent">
          {t('set.toPolicies')}
        </Link>
      </div>
    </form>
  );
}

function Loaded(): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const query = useDmcaSettings();
  return (
    <div className="page page-narrow mx-0 md:mx-auto">
      <p className="mb-3">
        <Link to="/admin/dmca" className="inline-flex items-center gap-1.5">
          <ArrowLeft aria-hidden="true" size={16} strokeWidth={1.75} />
          {t('title')}
        </Link>
      </p>
      <h1 className="mb-2 text-27">{t('set.title')}</h1>
      <p className="mb-6 text-ink-2">{t('set.text')}</p>
      {query.isPending ? <SkeletonRows rows={6} /> : null}
      {query.isError && !query.data ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <SettingsForm settings={query.data} /> : null}
    </div>
  );
}

export function DmcaSettingsPage(): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  return (
    <AdminFrame title={t('set.title')}>
      <Loaded />
    </AdminFrame>
  );
}
