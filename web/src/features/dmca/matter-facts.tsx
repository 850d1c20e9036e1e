import { Link } from '@tanstack/react-router';
import type { CounterNotice, DmcaMatter } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Facts } from '../../ui/facts.tsx';
import { targetOfAddress } from '../../ui/target-of-address.ts';

/** Shown as a link only where it is one: what a stranger typed may be anything. */
function OuterLink({ address }: { address: string }): ReactNode {
  const isWeb = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  if (!isWeb) return <span dir="auto">{address}</span>;
  return (
    <a href={address} rel="noreferrer noopener nofollow" target="_blank">
      {address}
    </a>
  );
}

/** A link only where it leads to what the notice is about: nobody is sent elsewhere by what a stranger wrote. */
function Material({ matter: { materialUrl, target } }: { matter: DmcaMatter }): ReactNode {
  const named = targetOfAddress(materialUrl, location.host);
  if (target === null || named?.type !== target.type || named.id !== target.id) return <bdi>{materialUrl}</bdi>;
  return target.type === 'video' ? (
    <Link to="/videos/$videoId" params={{ videoId: target.id }}>
      {materialUrl}
    </Link>
  ) : (
    <Link to="/watch/$streamId" params={{ streamId: target.id }}>
      {materialUrl}
    </Link>
  );
}

export function MatterFacts({ matter }: { matter: DmcaMatter }): ReactNode {
  const { t } = useTranslation('dmca');
  const { dateTime } = useFormat();
  const { claimantName, claimedWork, claimedWorkUrl, decidedAt, decisionReason, receivedAt } = matter;
  return (
    <Facts
      facts={[
        { name: t('matter.material'), value: <Material matter={matter} /> },
        { name: t('matter.claimantName'), value: <bdi>{claimantName}</bdi> },
        { name: t('matter.work'), value: <bdi dir="auto">{claimedWork}</bdi> },
        { name: t('matter.original'), value: claimedWorkUrl === null ? null : <OuterLink address={claimedWorkUrl} /> },
        { name: t('matter.received'), value: dateTime(receivedAt) },
        { name: t('matter.decided'), value: decidedAt === null ? null : dateTime(decidedAt) },
        {
          name: t('matter.reason'),
          value: decisionReason === null ? null : <span className="voice text-18 leading-snug">{decisionReason}</span>,
        },
      ]}
    />
  );
}

/** Word for word: the claimant may have to show it to a court. */
export function CounterCopy({ counter, isOwn }: { counter: CounterNotice; isOwn: boolean }): ReactNode {
  const { t } = useTranslation('dmca');
  const { dateTime } = useFormat();
  const title = isOwn ? t('matter.ownCopy') : t('matter.copyTitle');
  return (
    <section aria-label={title}>
      <h2 className="text-21">{title}</h2>
      {isOwn ? null : <p className="mt-1 text-14 text-ink-2">{t('matter.copyText')}</p>}
      <Facts
        className="mt-3"
        facts={[
          { name: t('matter.received'), value: dateTime(counter.receivedAt) },
          { name: t('counter.name'), value: counter.name },
          { name: t('counter.address'), value: counter.address },
          { name: t('counter.phone'), value: counter.phone },
          { name: t('counter.email'), value: counter.email },
          { name: t('matter.where'), value: counter.materialLocation },
          { name: t('matter.signature'), value: <span className="voice text-18">{counter.signature}</span> },
        ]}
      />
      <ul className="mt-3 grid list-disc gap-1 pl-5 text-14 text-ink-2">
        <li>{t('counter.goodFaith')}</li>
        <li>{t('counter.jurisdiction')}</li>
        <li>{t('counter.service')}</li>
      </ul>
    </section>
  );
}
