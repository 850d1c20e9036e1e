import type { Person } from '@virgil/contract';
import clsx from 'clsx';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { hueOf, initialOf } from './person-hue.ts';

const SIZES = { s: 'face-s', m: '', l: 'face-l', xl: 'face-xl' };

/** Decoration beside a name, so it is hidden from screen readers. */
export function Avatar({
  person,
  size = 'm',
  className,
}: {
  person: Pick<Person, 'displayName' | 'avatarUrl'> & { id: string };
  size?: keyof typeof SIZES;
  className?: string;
}): ReactNode {
  const [broken, setBroken] = useState<string | null>(null);
  const url = person.avatarUrl === broken ? null : person.avatarUrl;
  return (
    <span
      className={clsx('face', SIZES[size], className)}
      style={{ '--fh': hueOf(person.id) } as CSSProperties}
      aria-hidden="true"
    >
      <span>{initialOf(person.displayName)}</span>
      {url ? <img src={url} alt="" onError={() => setBroken(url)} draggable={false} /> : null}
    </span>
  );
}
