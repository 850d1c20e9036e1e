/** What differs between two versions of a policy: what the confirmation names, the page shows and the log counts. */
import type { InBoth, PolicyContent } from './policies.ts';

export interface PolicyChange {
  readonly part: 'title' | 'summary' | 'section' | 'category' | 'rule' | 'step';
  readonly how: 'added' | 'removed' | 'changed';
  /** Of the rule or category; the place in the list for what has no id. */
  readonly id: string;
  /** What it is called, in the newer version where it is in both. */
  readonly name: InBoth;
  /** Null on the side where it is not. */
  readonly before: InBoth | null;
  readonly after: InBoth | null;
}

interface Piece {
  readonly part: PolicyChange['part'];
  readonly id: string;
  readonly name: InBoth;
  readonly text: InBoth;
}

/** In the order of the newer version; what went stands last. */
export function changesBetween(before: PolicyContent, after: PolicyContent): PolicyChange[] {
  const older = new Map(piecesOf(before).map((piece) => [keyOf(piece), piece]));
  const changes: PolicyChange[] = [];
  for (const piece of piecesOf(after)) {
    const key = keyOf(piece);
    const old = older.get(key);
    older.delete(key);
    if (old !== undefined && isSame(old, piece)) continue;
    changes.push({ ...headOf(piece), how: old ? 'changed' : 'added', before: old?.text ?? null, after: piece.text });
  }
  for (const old of older.values()) changes.push({ ...headOf(old), how: 'removed', before: old.text, after: null });
  return changes;
}

const keyOf = ({ id, part }: Piece): string => `${part} ${id}`;
const headOf = ({ id, name, part }: Piece) => ({ part, id, name });
const isSame = (one: Piece, other: Piece): boolean =>
  one.text.en === other.text.en && one.text.de === other.text.de && one.name.en === other.name.en;

function piecesOf({ categories, ladder, sections, summary, title }: PolicyContent): Piece[] {
  return [
    { part: 'title', id: '1', name: title, text: title },
    { part: 'summary', id: '1', name: title, text: summary },
    ...sections.map((section, index) => ({
      part: 'section' as const,
      id: String(index + 1),
      name: section.title,
      text: joined([section.title, ...section.paragraphs]),
    })),
    ...categories.flatMap((category) => [
      { part: 'category' as const, id: category.id, name: category.title, text: category.title },
      ...category.rules.map((rule) => ({
        part: 'rule' as const,
        id: rule.id,
        name: rule.title,
        // Moved to another heading, or about another category of breaches: that is a change of the rule too.
        text: joined([
          { en: `${rule.number} ${rule.title.en}`, de: `${rule.number} ${rule.title.de}` },
          rule.text,
          ...(rule.category === null ? [] : [{ en: `(${rule.category})`, de: `(${rule.category})` }]),
        ]),
      })),
    ]),
    ...ladder.map((step, index) => ({
      part: 'step' as const,
      id: String(index + 1),
      name: step.title,
      text: joined([step.title, step.text]),
    })),
  ];
}

const joined = (texts: readonly InBoth[]): InBoth => ({
  en: texts.map(({ en }) => en).join('\n'),
  de: texts.map(({ de }) => de).join('\n'),
});
