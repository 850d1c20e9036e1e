import { useParams } from '@tanstack/react-router';
import type { accounts } from '@virgil/contract';
import type { ReactNode } from 'react';
import { AccountSection } from './account-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { ChannelSection } from './channel-section.tsx';
import { DataSection } from './data-section.tsx';
import { MailSection } from './mail-section.tsx';
import { NotFound } from './not-found.tsx';
import { PaymentsSection } from './payments-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SettingsLayout } from './settings-layout.tsx';
import { SubscriptionsSection } from './subscriptions-section.tsx';

function Section({ name, me }: { name: string; me: accounts.Me }): ReactNode {
  switch (name) {
    case 'profile':
      return <ProfileSection me={me} />;
    case 'account':
      return <AccountSection me={me} />;
    case 'channel':
      return <ChannelSection me={me} />;
    case 'mail':
      return <MailSection />;
    case 'data':
      return <DataSection isBanned={me.isBanned} />;
    case 'subscriptions':
      return <SubscriptionsSection me={me} />;
    case 'payments':
      return <PaymentsSection />;
    case 'people':
      return <PeopleSection />;
    case 'appearance':
      return <AppearanceSection />;
    default:
      return <NotFound />;
  }
}

export function SettingsPage(): ReactNode {
  const { section } = useParams({ from: '/settings/$section' });
  return <SettingsLayout here={section}>{(me) => <Section name={section} me={me} />}</SettingsLayout>;
}
