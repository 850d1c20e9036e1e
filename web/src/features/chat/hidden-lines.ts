/** Leaves out what people wrote whom the reader blocked or muted. Pure. */
import { keyOf, type Line } from './room-state.ts';

/** Lines of hidden people one after the other: a moderator must not be blind to them, and opens them. */
export interface Fold {
  readonly kind: 'hidden';
  readonly key: string;
  readonly lines: readonly Line[];
}

const authorOf = (line: Line): string | null => {
  if (line.kind === 'message') return line.message.userId;
  return line.kind === 'tip' ? line.tip.userId : null;
};

export function withoutHidden(
  lines: readonly Line[],
  isHidden: (userId: string | null) => boolean,
  reader: { readonly moderates: boolean },
): readonly (Line | Fold)[] {
  const shown: (Line | Fold)[] = [];
  for (const line of lines) {
    if (!isHidden(authorOf(line))) shown.push(line);
    else if (reader.moderates) {
      const last = shown.at(-1);
      if (last?.kind === 'hidden') shown[shown.length - 1] = { ...last, lines: [...last.lines, line] };
      else shown.push({ kind: 'hidden', key: `hidden ${keyOf(line)}`, lines: [line] });
    }
  }
  return shown;
}
