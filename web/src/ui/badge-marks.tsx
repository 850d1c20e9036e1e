import type { Badge } from '@virgil/contract';
import { Gem, Leaf, type LucideIcon, Shield, ShieldCheck, Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const BADGES: Record<Badge, LucideIcon> = {
  owner: Star,
  moderator: Shield,
  vip: Gem,
  patron: Leaf,
  staff: ShieldCheck,
};

/** What somebody is on a channel, by shape and in words for whoever does not see it. */
export function BadgeMarks({ badges }: { badges: readonly Badge[] }): ReactNode {
  const { t } = useTranslation('chat');
  return badges.map((badge) => {
    const Icon = BADGES[badge];
    return (
      <span key={badge} className="mr-1 inline-block align-[-0.15em]" title={t(`badge.${badge}`)}>
        <Icon aria-hidden="true" size={16} strokeWidth={1.75} />
        <span className="sr-only">{t(`badge.${badge}`)} </span>
      </span>
    );
  });
}
