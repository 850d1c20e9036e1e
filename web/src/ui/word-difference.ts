/** Which words of a text went and which came: the longest common run of words stays. */

export interface Piece {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];

export function wordDifference(before: string, after: string): Piece[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  // lengths[i][j]: the longest common run of what follows old[i] and fresh[j].
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      const row = lengths[i] as Uint16Array;
      const below = lengths[i + 1] as Uint16Array;
      row[j] = old[i] === fresh[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number);
    }
  }
  const pieces: Piece[] = [];
  const add = (kind: Piece['kind'], text: string) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + text };
    else pieces.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const goesOn = (lengths[i]?.[j + 1] ?? -1) > (lengths[i + 1]?.[j] ?? -1);
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      add('same', old[i] as string);
      i++;
      j++;
    } else if (i === old.length || (j < fresh.length && goesOn)) {
      add('new', fresh[j] as string);
      j++;
    } else {
      add('gone', old[i] as string);
      i++;
    }
  }
  return pieces;
}
