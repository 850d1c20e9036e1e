/** The six elements of a notice, each ticked or missing, with what was said. */
import { type DmcaDossier, NOTICE_ELEMENTS, type NoticeElement } from '@virgil/contract';
import { Check, CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { targetOfAddress } from '../../../ui/target-of-address.ts';

/** The original is elsewhere by nature. A link only where it is one: what a stranger typed may be anything. */
function Original({ address }: { address: string }): ReactNode {
  const isWeb = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  return isWeb ? (
    <a href={address} rel="noreferrer noopener nofollow" target="_blank">
      {address}
    </a>
  ) : (
    address
  );
}

/** Nobody is led away by what a stranger wrote: what the notice names is beside it, and a mismatch is said. */
function Material({ dossier: { materialUrl, target } }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const named = targetOfAddress(materialUrl, location.host);
  const leadsThere = target !== null && named?.type === target.type && named.id === target.id;
  return (
    <>
      {materialUrl}
      {leadsThere || target === null ? null : <span className="block text-warn">{t('dossier.elsewhere')}</span>}
    </>
  );
}

/** Words have no dots in their names. */
const WORDS = {
  signature: 'signature',
  claimedWork: 'claimedWork',
  target: 'target',
  materialUrl: 'materialUrl',
  'claimant.name': 'claimantName',
  'claimant.address': 'claimantAddress',
  'claimant.email': 'claimantEmail',
  goodFaith: 'goodFaith',
  accuracyUnderPerjury: 'accuracyUnderPerjury',
} as const satisfies Record<NoticeElement, string>;

function saying(dossier: DmcaDossier, element: NoticeElement, stated: string): ReactNode {
  const { claimant, claimedWork, claimedWorkUrl, signature, target } = dossier;
  switch (element) {
    case 'signature':
      return <span className="voice text-18 leading-snug">{signature}</span>;
    case 'claimedWork':
      return (
        <>
          <span className="whitespace-pre-line">{claimedWork}</span>
          {claimedWorkUrl === null ? null : (
            <span className="block">
              <Original address={claimedWorkUrl} />
            </span>
          )}
        </>
      );
    case 'target':
      return target?.title;
    case 'materialUrl':
      return <Material dossier={dossier} />;
    case 'claimant.name':
      return claimant.name;
    case 'claimant.address':
      return <span className="whitespace-pre-line">{claimant.address}</span>;
    case 'claimant.email':
      return [claimant.email, claimant.phone].filter((text) => text !== '').join(', ');
    case 'goodFaith':
    case 'accuracyUnderPerjury':
      return stated;
  }
}

export function Elements({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  return (
    <section aria-label={t('dossier.elements')}>
      <div className="head">
        <h2>{t('dossier.elements')}</h2>
      </div>
      <dl>
        {NOTICE_ELEMENTS.map((element) => {
          const isMissing = dossier.missing.includes(element);
          const Icon = isMissing ? CircleAlert : Check;
          return (
            <div key={element} className="grid gap-x-4 border-b border-line py-2 sm:grid-cols-[13rem_minmax(0,1fr)]">
              <dt className={`flex items-start gap-2 ${isMissing ? 'font-[620] text-bad' : 'text-ink-2'}`}>
                <Icon
                  aria-hidden="true"
                  size={16}
                  strokeWidth={1.75}
                  className={`mt-0.5 flex-none ${isMissing ? '' : 'text-good'}`}
                />
                <span>
                  {t(`dossier.element.${WORDS[element]}`)}
                  <span className="sr-only">: {t(isMissing ? 'dossier.missing' : 'dossier.there')}</span>
                </span>
              </dt>
              <dd className="pl-6 [overflow-wrap:anywhere] sm:pl-0" dir="auto">
                {isMissing ? (
                  <span className="text-bad">{t('dossier.missing')}</span>
                ) : (
                  saying(dossier, element, t('dossier.said'))
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
