import type { Badge, UserId } from '@virgil/contract';
import { Gem, Leaf, type LucideIcon, Shield, ShieldCheck, Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { nameColourOf } from '../../ui/person-hue.ts';

const BADGES: Record<Badge, LucideIcon> = {
  owner: Star,
  moderator: Shield,
  vip: Gem,
  patron: Leaf,
  staff: ShieldCheck,
};

/** Who a line is from: badges by shape, then the name in its colour. */
export function Speaker({
  of: { badges, displayName, userId },
  isMine,
}: {
  of: { readonly badges: readonly Badge[]; readonly displayName: string; readonly userId: UserId | null };
  isMine: boolean;
}): ReactNode {
  const { t } = useTranslation('chat');
  return (
    <>
      {badges.map((badge) => {
        const Icon = BADGES[badge];
        return (
          <span key={badge} className="mr-1 inline-block align-[-0.15em]" title={t(`badge.${badge}`)}>
            <Icon aria-hidden="true" size={16} strokeWidth={1.75} />
            <span className="sr-only">{t(`badge.${badge}`)} </span>
          </span>
        );
      })}
      <bdi
        className="mr-1.5 font-[640]"
        style={{ color: isMine ? 'var(--tone)' : nameColourOf(userId ?? '') }}
        dir="auto"
      >
        {isMine ? t('you') : displayName}
      </bdi>
    </>
  );
}
