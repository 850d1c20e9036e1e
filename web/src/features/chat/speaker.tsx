import type { Badge, UserId } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BadgeMarks } from '../../ui/badge-marks.tsx';
import { nameColourOf } from '../../ui/person-hue.ts';
import { PersonMenu } from '../../ui/person-menu.tsx';

export interface SpeakerProps {
  readonly of: { readonly badges: readonly Badge[]; readonly displayName: string; readonly userId: UserId | null };
  readonly isMine: boolean;
  /** Reports what was said; with it the name opens what one can do about the person. */
  readonly onReport?: (() => void) | undefined;
}

/** Who a line is from: badges by shape, then the name in its colour. */
export function Speaker({ of: { badges, displayName, userId }, isMine, onReport }: SpeakerProps): ReactNode {
  const { t } = useTranslation(['chat', 'letters']);
  const colour = isMine ? 'var(--tone)' : nameColourOf(userId ?? '');
  const name = (
    <bdi className="font-[640]" style={{ color: colour }} dir="auto">
      {isMine ? t('you') : displayName}
    </bdi>
  );
  return (
    <>
      <BadgeMarks badges={badges} />
      <span className="mr-1.5">
        {onReport && userId !== null && !isMine ? (
          <PersonMenu
            person={{ id: userId, displayName }}
            onReport={onReport}
            reportWord={t('reportThis')}
            trigger={(opener) => (
              <button
                type="button"
                className="rounded-1 hover:underline"
                aria-label={t('letters:menu.of', { name: displayName })}
                {...opener}
              >
                {name}
              </button>
            )}
          />
        ) : (
          name
        )}
      </span>
    </>
  );
}
