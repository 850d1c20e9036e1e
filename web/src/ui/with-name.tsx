import type { ReactNode } from 'react';

/** Stands for the name while the sentence is made; no person's name has it. */
const PLACE = '\u{FFFC}';

/** A sentence about somebody: a name of the other direction must not turn the words around it. */
export function WithName({ name, words }: { name: string; words: (name: string) => string }): ReactNode {
  const [before, ...after] = words(PLACE).split(PLACE);
  return (
    <>
      {before}
      {after.length === 0 ? null : <bdi>{name}</bdi>}
      {after.join(name)}
    </>
  );
}
