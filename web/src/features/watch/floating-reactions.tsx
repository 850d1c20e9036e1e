import { chat } from '@virgil/contract';
import { type ReactNode, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useReducedMotion } from '../../ui/media-query.ts';
import { REACTION_ICONS } from './reaction-icons.ts';

export interface FloatingReactionsHandle {
  rise(counts: Partial<Record<chat.ReactionType, number>>): void;
}

interface Rising {
  readonly id: number;
  readonly type: chat.ReactionType;
  readonly left: number;
  readonly delayMs: number;
}

/** At most this many at once; a flood becomes counts, not fireworks. */
const AT_ONCE = 12;

/** Reactions rise for 2.4 s over the right edge of the video. With reduced motion there are only the counts. */
export function FloatingReactions({ ref }: { ref: Ref<FloatingReactionsHandle> }): ReactNode {
  const [rising, setRising] = useState<readonly Rising[]>([]);
  const next = useRef(0);
  const still = useReducedMotion();
  useImperativeHandle(
    ref,
    () => ({
      rise: (counts) => {
        if (still || document.hidden) return;
        const fresh: Rising[] = [];
        for (const type of chat.REACTION_TYPES) {
          for (let i = 0; i < Math.min(counts[type] ?? 0, 4); i++) {
            const id = next.current++;
            fresh.push({ id, type, left: (id * 37) % 64, delayMs: (id % 4) * 60 });
          }
        }
        setRising((now) => [...now, ...fresh].slice(-AT_ONCE));
      },
    }),
    [still],
  );
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute right-2 bottom-18 h-32 w-20 text-video-ink sm:right-7 sm:bottom-24 sm:h-60"
    >
      {rising.map((each) => {
        const Icon = REACTION_ICONS[each.type];
        return (
          <Icon
            key={each.id}
            size={26}
            strokeWidth={1.75}
            className="rise absolute bottom-0"
            style={{ left: each.left, animationDelay: `${each.delayMs}ms` }}
            onAnimationEnd={() => setRising((now) => now.filter((other) => other.id !== each.id))}
          />
        );
      })}
    </div>
  );
}
