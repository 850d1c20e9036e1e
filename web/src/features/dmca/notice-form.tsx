/** The six elements of 17 U.S.C. § 512(c)(3)(A), one section each. What is missing, the server says. */
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NoticeBody, sendNotice } from '../../api/dmca.ts';
import { asProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { CharacterCount, Field, Input, Textarea } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { useFieldProblem } from '../../ui/problem-text.ts';
import { targetOfAddress } from '../../ui/target-of-address.ts';
import { TickBox } from '../../ui/tick-box.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { ElementSection } from './element-section.tsx';
import { FoundTarget } from './found-target.tsx';
import { IncompleteNote } from './incomplete-note.tsx';
import { missingIn } from './use-missing.ts';

export interface Receipt {
  readonly id: string;
  readonly token: string;
  readonly statusUrl: string;
}

const EMPTY = { claimedWork: '', claimedWorkUrl: '', name: '', address: '', email: '', phone: '', signature: '' };
const MAX_WORK = 5000;

export function NoticeForm({ address, onSent }: { address: string; onSent: (receipt: Receipt) => void }): ReactNode {
  const { t } = useTranslation('dmca');
  const [material, setMaterial] = useState(address);
  const [texts, setTexts] = useState(EMPTY);
  const [ticks, setTicks] = useState({ goodFaith: false, accuracyUnderPerjury: false });
  const fieldProblem = useFieldProblem();
  const target = targetOfAddress(material, location.host);

  const { submit, busy, error } = useSubmit(async () => {
    const { address: postal, claimedWork, claimedWorkUrl, email, name, phone, signature } = texts;
    const body: NoticeBody = {
      ...(target === null ? {} : { target }),
      claimant: { name, address: postal, email, phone },
      claimedWork,
      claimedWorkUrl,
      materialUrl: material,
      ...ticks,
      signature,
    };
    onSent(await sendNotice(body));
  });
  const missing = missingIn(error);
  const isUnknown = error !== null && error !== undefined && asProblem(error).code === 'not_found';

  const problemOf = (path: string): string | undefined =>
    missing.includes(path) ? t('form.missing') : fieldProblem(error, path);
  const field = (name: keyof typeof EMPTY) => ({
    value: texts[name],
    onChange: (event: { target: { value: string } }) => setTexts((old) => ({ ...old, [name]: event.target.value })),
  });

  function materialProblem(): string | undefined {
    if (isUnknown) return t('form.refusedUrl');
    if (missing.includes('materialUrl')) return t('form.missing');
    return (missing.includes('target') || material.trim() !== '') && target === null ? t('form.notHere') : undefined;
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ElementSection number={1} title={t('form.material')} text={t('form.materialText')}>
        <Field label={t('form.materialUrl')} hint={t('form.materialHint')} error={materialProblem()}>
          <Input
            type="url"
            inputMode="url"
            maxLength={2000}
            value={material}
            onChange={(event) => setMaterial(event.target.value)}
          />
        </Field>
        {target ? <FoundTarget target={target} /> : null}
      </ElementSection>
      <ElementSection number={2} title={t('form.work')} text={t('form.workText')}>
        <Field
          label={t('form.claimedWork')}
          error={problemOf('claimedWork')}
          hint={
            <span className="flex flex-wrap justify-between gap-x-4">
              <span>{t('form.claimedWorkHint')}</span>
              <CharacterCount value={texts.claimedWork} max={MAX_WORK} />
            </span>
          }
        >
          <Textarea rows={4} {...field('claimedWork')} />
        </Field>
        <Field label={t('form.claimedWorkUrl')} optional error={problemOf('claimedWorkUrl')}>
          <Input type="url" inputMode="url" maxLength={2000} {...field('claimedWorkUrl')} />
        </Field>
      </ElementSection>
      <ElementSection number={3} title={t('form.contact')} text={t('form.contactText')}>
        <Field label={t('form.name')} hint={t('form.nameHint')} error={problemOf('claimant.name')}>
          <Input autoComplete="name" maxLength={200} {...field('name')} />
        </Field>
        <Field label={t('form.address')} error={problemOf('claimant.address')}>
          <Textarea rows={3} autoComplete="street-address" maxLength={500} {...field('address')} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('form.email')} error={problemOf('claimant.email')}>
            <Input type="email" autoComplete="email" maxLength={254} {...field('email')} />
          </Field>
          <Field label={t('form.phone')} optional error={problemOf('claimant.phone')}>
            <Input type="tel" autoComplete="tel" maxLength={50} {...field('phone')} />
          </Field>
        </div>
      </ElementSection>
      <ElementSection number={4} title={t('form.belief')} text={t('form.beliefText')}>
        <TickBox
          checked={ticks.goodFaith}
          onChange={(goodFaith) => setTicks((old) => ({ ...old, goodFaith }))}
          error={problemOf('goodFaith')}
        >
          {t('form.goodFaith')}
        </TickBox>
      </ElementSection>
      <ElementSection number={5} title={t('form.truth')} text={t('form.truthText')}>
        <TickBox
          checked={ticks.accuracyUnderPerjury}
          onChange={(accuracyUnderPerjury) => setTicks((old) => ({ ...old, accuracyUnderPerjury }))}
          error={problemOf('accuracyUnderPerjury')}
        >
          {t('form.accuracy')}
        </TickBox>
      </ElementSection>
      <ElementSection number={6} title={t('form.sign')} text={t('form.signText')}>
        <Field label={t('form.signature')} error={problemOf('signature')}>
          <Input maxLength={200} className="voice text-18" {...field('signature')} />
        </Field>
        {missing.length > 0 ? (
          <IncompleteNote error={error}>{t('form.incomplete', { count: missing.length })}</IncompleteNote>
        ) : (
          <FormProblem error={error} />
        )}
        <div>
          <Button type="submit" look="main" busy={busy}>
            {t('form.send')}
          </Button>
        </div>
      </ElementSection>
    </form>
  );
}
