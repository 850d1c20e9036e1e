/** How an entry reads in one line, and the ids in it. */
import type { audit } from '@virgil/contract';

/** The last characters of an id tell it apart; its first ones are the time. */
export const shortId = (id: string): string => (id.length > 14 ? `…${id.slice(-8)}` : id);

/** `b41e 90d7 … e5a8` */
export function shortHash(hex: string): string {
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)} … ${hex.slice(-4)}`;
}

/** Facts of `details` as they are read out: `tier: pro`. People in it are numbers of sealed parts. */
export function factsOf(
  entry: Pick<audit.AuditEntryWithProof, 'details' | 'people'>,
  somebody: string,
): [name: string, value: string][] {
  const facts: [string, string][] = [];
  const personOf = (part: number) => entry.people.find((one) => one.part === part)?.person?.displayName || somebody;
  const opened = new Map(entry.people.flatMap(({ words }) => Object.entries(words)));
  const look = (value: unknown, path: string): void => {
    if (value === null || value === undefined) return;
    if (typeof value !== 'object') {
      facts.push([path, String(value)]);
      return;
    }
    const { person, sealed } = value as { person?: unknown; sealed?: unknown };
    if (typeof person === 'number') facts.push([path, personOf(person)]);
    else if (sealed === true) facts.push([path, opened.has(path) ? String(opened.get(path)) : '—']);
    else if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
      facts.push([path, value.join(', ')]);
    else for (const [key, one] of Object.entries(value)) look(one, path === '' ? key : `${path}.${key}`);
  };
  look(entry.details, '');
  return facts;
}
