/** What a letter says, entered by an admin; what it does not say is left out. */
import type { DmcaNoticeBody } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeBody } from '../../../api/dmca.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input, Textarea } from '../../../ui/field.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { useFieldProblem } from '../../../ui/problem-text.ts';
import { targetOfAddress } from '../../../ui/target-of-address.ts';
import { TickBox } from '../../../ui/tick-box.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';

export interface LetterTexts {
  readonly materialUrl: string;
  readonly claimedWork: string;
  readonly claimedWorkUrl: string;
  readonly name: string;
  readonly address: string;
  readonly email: string;
  readonly phone: string;
  readonly signature: string;
  readonly goodFaith: boolean;
  readonly accuracyUnderPerjury: boolean;
}

export const NOTHING_YET: LetterTexts = {
  materialUrl: '',
  claimedWork: '',
  claimedWorkUrl: '',
  name: '',
  address: '',
  email: '',
  phone: '',
  signature: '',
  goodFaith: false,
  accuracyUnderPerjury: false,
};

function bodyOf(texts: LetterTexts): NoticeBody {
  const { address, email, name, phone, ...rest } = texts;
  const target: DmcaNoticeBody['target'] | null = targetOfAddress(texts.materialUrl, location.host);
  return { ...rest, claimant: { name, address, email, phone }, ...(target === null ? {} : { target }) };
}

export function LetterForm({
  begin,
  act,
  head,
  onSave,
}: {
  begin: LetterTexts;
  act: string;
  head?: ReactNode;
  onSave: (body: NoticeBody) => Promise<void>;
}): ReactNode {
  const { t } = useTranslation(['dmcaDesk', 'dmca']);
  const [texts, setTexts] = useState(begin);
  const fieldProblem = useFieldProblem();
  const { submit, busy, error } = useSubmit(() => onSave(bodyOf(texts)));
  const isElsewhere = texts.materialUrl.trim() !== '' && targetOfAddress(texts.materialUrl, location.host) === null;
  const field = (name: Exclude<keyof LetterTexts, 'goodFaith' | 'accuracyUnderPerjury'>) => ({
    value: texts[name],
    onChange: (event: { target: { value: string } }) => setTexts((old) => ({ ...old, [name]: event.target.value })),
  });
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {head}
      <Field label={t('letter.url')} error={isElsewhere ? t('dmca:form.notHere') : undefined}>
        <Input maxLength={2000} {...field('materialUrl')} />
      </Field>
      <Field label={t('dmca:form.claimedWork')} error={fieldProblem(error, 'claimedWork')}>
        <Textarea rows={3} maxLength={5000} {...field('claimedWork')} />
      </Field>
      <Field label={t('dmca:form.claimedWorkUrl')}>
        <Input maxLength={2000} {...field('claimedWorkUrl')} />
      </Field>
      <Field label={t('dmca:form.name')}>
        <Input maxLength={200} {...field('name')} />
      </Field>
      <Field label={t('dmca:form.address')}>
        <Textarea rows={2} maxLength={500} {...field('address')} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('dmca:form.email')} error={fieldProblem(error, 'claimant.email')}>
          <Input type="email" maxLength={254} {...field('email')} />
        </Field>
        <Field label={t('dmca:form.phone')}>
          <Input maxLength={50} {...field('phone')} />
        </Field>
      </div>
      <TickBox checked={texts.goodFaith} onChange={(goodFaith) => setTexts((old) => ({ ...old, goodFaith }))}>
        {t('dossier.element.goodFaith')}: {t('dmca:form.goodFaith')}
      </TickBox>
      <TickBox
        checked={texts.accuracyUnderPerjury}
        onChange={(accuracyUnderPerjury) => setTexts((old) => ({ ...old, accuracyUnderPerjury }))}
      >
        {t('dossier.element.accuracyUnderPerjury')}: {t('dmca:form.accuracy')}
      </TickBox>
      <Field label={t('dmca:matter.signature')}>
        <Input maxLength={200} {...field('signature')} />
      </Field>
      <FormProblem error={error} />
      <div>
        <Button type="submit" look="main" busy={busy}>
          {act}
        </Button>
      </div>
    </form>
  );
}
