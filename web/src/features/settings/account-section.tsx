import { Link } from '@tanstack/react-router';
import type { accounts } from '@virgil/contract';
import { Scale } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstance } from '../../api/instance.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ApiKeysPart } from './api-keys-part.tsx';
import { Part } from './part.tsx';
import { PasskeysPart } from './passkeys-part.tsx';
import { PasswordPart } from './password-part.tsx';
import { SessionsPart } from './sessions-part.tsx';
import { TwoFactorPart } from './two-factor-part.tsx';

export function AccountSection({ me }: { me: accounts.Me }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { date } = useFormat();
  const passkeys = useInstance()?.signIn.passkeys;
  return (
    <>
      <Part title={t('account.title')}>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 [&>dt]:text-ink-3">
          <dt>{t('account.email')}</dt>
          <dd className="break-all">{me.email}</dd>
          <dt>{t('account.tier')}</dt>
          <dd>{t(`common:tier.${me.tier}`)}</dd>
          <dt>{t('account.role')}</dt>
          <dd>{t(`common:platformRole.${me.role}`)}</dd>
          <dt>{t('account.since')}</dt>
          <dd>{date(me.createdAt)}</dd>
        </dl>
      </Part>
      <PasswordPart />
      <TwoFactorPart me={me} />
      {passkeys ? <PasskeysPart /> : null}
      <SessionsPart />
      <ApiKeysPart me={me} />
      <Part title={t('section.appeals')} text={t('appeals.text')}>
        <Button asChild>
          <Link to="/settings/account/appeals">
            <Scale aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('appeals.open')}
          </Link>
        </Button>
      </Part>
    </>
  );
}
