/** The creator's answer: the elements of 17 U.S.C. § 512(g)(3). What is missing, the server says. */
import type { DmcaMatter } from '@virgil/contract';
import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendCounterNotice } from '../../api/dmca.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Field, Input, Textarea } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { useFieldProblem } from '../../ui/problem-text.ts';
import { TickBox } from '../../ui/tick-box.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { IncompleteNote } from './incomplete-note.tsx';
import { missingIn } from './use-missing.ts';

const NO_TICKS = { goodFaithUnderPerjury: false, consentToJurisdiction: false, acceptService: false };

/** What the creator need not type again: which material, and where it was. */
function usePlace({ materialUrl, target }: DmcaMatter): string {
  const { t } = useTranslation('dmca');
  if (target === null) return materialUrl;
  const address = `${location.origin}/${target.type === 'video' ? 'videos' : 'watch'}/${target.id}`;
  return t(`counter.placeOf.${target.type}`, { title: target.title, address });
}

export function CounterForm({ matter }: { matter: DmcaMatter }): ReactNode {
  const { t } = useTranslation('dmca');
  const materialLocation = usePlace(matter);
  const [texts, setTexts] = useState({ name: '', address: '', email: '', phone: '', signature: '', materialLocation });
  const [ticks, setTicks] = useState(NO_TICKS);
  const [asking, setAsking] = useState(false);
  const fieldProblem = useFieldProblem();
  const { submit, busy, error } = useSubmit(async () => {
    await sendCounterNotice(matter.id, { ...texts, ...ticks });
    showToast(t('counter.sent'));
  });
  const missing = missingIn(error);
  const problemOf = (path: string): string | undefined =>
    missing.includes(path) ? t('counter.missing') : fieldProblem(error, path);
  const field = (name: keyof typeof texts) => ({
    value: texts[name],
    onChange: (event: { target: { value: string } }) => setTexts((old) => ({ ...old, [name]: event.target.value })),
  });
  const tick = (name: keyof typeof NO_TICKS) => ({
    checked: ticks[name],
    onChange: (checked: boolean) => setTicks((old) => ({ ...old, [name]: checked })),
    error: problemOf(name),
  });

  return (
    <section aria-label={t('counter.title')} className="box grid gap-5">
      <div>
        <h2 className="text-21">{t('counter.title')}</h2>
        <p className="mt-1.5 text-ink-2">{t('counter.text')}</p>
      </div>
      <p className="flex items-start gap-2.5 border-l-[3px] border-warn pl-3 text-14">
        <TriangleAlert aria-hidden="true" size={18} strokeWidth={1.75} className="mt-0.5 flex-none text-warn" />
        {t('counter.warning')}
      </p>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setAsking(true);
        }}
      >
        <Field label={t('counter.material')} error={problemOf('materialLocation')}>
          <Textarea rows={2} maxLength={2000} {...field('materialLocation')} />
        </Field>
        <Field label={t('counter.name')} error={problemOf('name')}>
          <Input autoComplete="name" maxLength={200} {...field('name')} />
        </Field>
        <Field label={t('counter.address')} hint={t('counter.addressHint')} error={problemOf('address')}>
          <Textarea rows={3} autoComplete="street-address" maxLength={500} {...field('address')} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('counter.phone')} error={problemOf('phone')}>
            <Input type="tel" autoComplete="tel" maxLength={50} {...field('phone')} />
          </Field>
          <Field label={t('counter.email')} error={problemOf('email')}>
            <Input type="email" autoComplete="email" maxLength={254} {...field('email')} />
          </Field>
        </div>
        <TickBox {...tick('goodFaithUnderPerjury')}>{t('counter.goodFaith')}</TickBox>
        <TickBox {...tick('consentToJurisdiction')}>{t('counter.jurisdiction')}</TickBox>
        <TickBox {...tick('acceptService')}>{t('counter.service')}</TickBox>
        <Field label={t('counter.signature')} error={problemOf('signature')}>
          <Input maxLength={200} className="voice text-18" {...field('signature')} />
        </Field>
        {missing.length > 0 ? (
          <IncompleteNote error={error}>{t('counter.incomplete', { count: missing.length })}</IncompleteNote>
        ) : (
          <FormProblem error={error} />
        )}
        <div>
          <Button type="submit" look="main" busy={busy}>
            {t('counter.send')}
          </Button>
        </div>
      </form>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('counter.confirmTitle')}
        description={t('counter.confirmText')}
        act={t('counter.send')}
        onConfirm={async () => void (await submit())}
      />
    </section>
  );
}
