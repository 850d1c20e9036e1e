/**
 * An entry of the log, version 1: what is hashed, for ever. Nothing in it tells who: a person appears as the number of
 * a sealed part, and that part holds their id and whatever is personal, under their own key, with a fresh nonce. When
 * the key is destroyed the entry says that somebody did this, and nothing in it leads to that person's other entries.
 */
import canonicalize from 'canonicalize';
import { seal, unseal } from './sealing.ts';

/** An act as the outbox holds it. */
export interface Act {
  readonly eventId: string;
  readonly type: string;
  readonly entity: string;
  readonly entityId: string;
  readonly actorId: string | null;
  readonly at: Date;
  readonly version: number;
  readonly details: Readonly<Record<string, unknown>>;
  readonly personal: readonly { readonly userId: string; readonly data: Readonly<Record<string, unknown>> }[];
}

/** `{ person: n }` stands for whoever is sealed in part n. */
export interface PersonMark {
  readonly person: number;
}

export interface Leaf {
  readonly v: 1;
  readonly id: string;
  readonly at: string;
  readonly type: string;
  readonly entity: { readonly kind: string; readonly id: string | PersonMark };
  /** Null: a guest, or the system. */
  readonly actor: PersonMark | null;
  readonly details: unknown;
  readonly detailsVersion: number;
  /** Base64 of nonce, ciphertext and tag, one a person. */
  readonly sealed: readonly string[];
}

/** What a sealed part says. */
export interface Part {
  readonly id: string;
  /** Of `details`, what was written in words: a text, a name, an address. */
  readonly words?: Readonly<Record<string, unknown>>;
  readonly personal?: Readonly<Record<string, unknown>>;
}

export interface Built {
  readonly bytes: Buffer;
  /** The person of each part, in order. */
  readonly people: readonly string[];
}

const PEOPLE_THEMSELVES: ReadonlySet<string> = new Set(['account', 'profile', 'channel']);

/** Ids that are people's whatever anybody knows of them: who acted, whom the entry is about, whose data it carries. */
export function namedPeople(act: Act): string[] {
  const people = [
    ...(act.actorId === null ? [] : [act.actorId]),
    ...(PEOPLE_THEMSELVES.has(act.entity) ? [act.entityId] : []),
    ...act.personal.map(({ userId }) => userId),
  ];
  return people.length === 0 && hasWords(act) ? [theThing(act)] : people;
}

/** Stands in for a person where words belong to nobody in particular: the thing they are about has a key of its own. */
const theThing = (act: Act): string => `${act.entity}:${act.entityId}`;

function hasWords(act: Act): boolean {
  if (speaksOfTheLog(act)) return false;
  let found = false;
  clean(act.details, (text, path) => {
    found ||= !isPlain(text, path);
    return text;
  });
  return found;
}

/** Then nothing in it is hidden: keys and names of the log itself. */
const speaksOfTheLog = (act: Act): boolean => act.type.startsWith('LOG_');

/** Texts of an act that may be an id of a person: the sequencer asks which of them are. */
export function possiblePeople(act: Act): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === 'string') {
      if (LIKE_AN_ID.test(value)) found.push(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) {
        if (!Array.isArray(value)) look(key);
        look(one);
      }
    }
  };
  look(act.entityId);
  look(act.details);
  return found;
}
const LIKE_AN_ID = /^[A-Za-z0-9_-]{8,64}$/;

/** `isPerson` knows the ids of people; `keyOf` gives each one's key. `origin` and `seq` are bound into what is sealed. */
export function buildEntry(
  act: Act,
  place: { readonly origin: string; readonly seq: number },
  isPerson: (id: string) => boolean,
  keyOf: (userId: string) => Uint8Array,
): Built {
  const people: string[] = [];
  const mark = (userId: string): PersonMark => {
    const known = people.indexOf(userId);
    return { person: known >= 0 ? known : people.push(userId) - 1 };
  };
  const named = new Set(namedPeople(act));
  const personOf = (id: string): boolean => named.has(id) || isPerson(id);

  const isOpen = speaksOfTheLog(act);
  const actor = act.actorId === null ? null : mark(act.actorId);
  const entityId = personOf(act.entityId) ? mark(act.entityId) : act.entityId;
  const words = new Map<string, unknown>();
  const details = clean(
    act.details,
    (text, path) => {
      if (personOf(text)) return mark(text);
      if (isOpen || isPlain(text, path)) return text;
      words.set(path, text);
      return SEALED;
    },
    (key) => (personOf(key) ? `person ${mark(key).person}` : key),
  );
  for (const { userId } of act.personal) mark(userId);
  if (people.length === 0 && words.size > 0) mark(theThing(act));
  const owner = ownerOfWords(entityId, actor, people.length);
  const sealed = people.map((id, n) => {
    const personal = Object.assign({}, ...act.personal.filter(({ userId }) => userId === id).map(({ data }) => data));
    const part: Part = {
      id,
      ...(n === owner && words.size > 0 ? { words: Object.fromEntries(words) } : {}),
      ...(Object.keys(personal).length > 0 ? { personal } : {}),
    };
    return seal(keyOf(id), contextOf(place, act.eventId, n), bytesOf(part)).toString('base64');
  });
  const leaf: Leaf = {
    v: 1,
    id: act.eventId,
    at: act.at.toISOString(),
    type: act.type,
    entity: { kind: act.entity, id: entityId },
    actor,
    details,
    detailsVersion: act.version,
    sealed,
  };
  return { bytes: bytesOf(leaf), people };
}

/** Whom the entry is about, else whom its details name first, else who acted. */
function ownerOfWords(entityId: string | PersonMark, actor: PersonMark | null, people: number): number {
  if (typeof entityId !== 'string') return entityId.person;
  const firstNamed = actor === null ? 0 : 1;
  return firstNamed < people ? firstNamed : 0;
}

/** What stands in `details` for a text that went into a sealed part. */
const SEALED = { sealed: true } as const;

/**
 * Which texts may stand open: ids that are nobody's, words of closed lists, instants, numbers as text. A name is
 * neither, and under a key that speaks of people's words nothing is.
 */
function isPlain(text: string, path: string): boolean {
  const key = path.slice(path.lastIndexOf('.') + 1);
  if (/name|mail|text|message|title|reason|description|note|address|phone|url|link|words/i.test(key)) {
    return /^[a-z]+(_[a-z]+)*$/.test(text) && /^(reason|reasons|\d+)$/.test(key);
  }
  return (
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text) ||
    /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ||
    /^[A-Z]{3}$/.test(text) ||
    /^-?\d+(\.\d+)?$/.test(text) ||
    /^[a-z][a-zA-Z0-9]*([_.:-][a-zA-Z0-9]+)*$/.test(text) ||
    /^[0-9a-f]{64}$/.test(text)
  );
}

/** Integers stay, other numbers become text, texts are NFC and well-formed: RFC 8785 without its pitfalls. */
function clean(
  value: unknown,
  onText: (text: string, path: string) => unknown,
  onKey: (key: string) => string = (key) => key,
  path = '',
): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return onText(normal(value), path);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((one, n) => clean(one, onText, onKey, `${path}.${n}`));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]) => [onKey(normal(key)), clean(one, onText, onKey, path === '' ? key : `${path}.${key}`)]),
  );
}

const normal = (text: string): string => text.toWellFormed().normalize('NFC');

function bytesOf(value: Leaf | Part): Buffer {
  const text = canonicalize(clean(value, (one) => one));
  if (text === undefined) throw new Error('an entry without content');
  return Buffer.from(text);
}

const contextOf = (place: { origin: string; seq: number }, eventId: string, part: number): string =>
  `${place.origin}\n${place.seq}\n${eventId}\n${part}`;

export function readLeaf(bytes: Uint8Array): Leaf {
  const leaf = JSON.parse(Buffer.from(bytes).toString()) as Leaf;
  if (leaf.v !== 1) throw new Error(`an entry of version ${String(leaf.v)}`);
  return leaf;
}

/** Null where there is no key any more, or another one. */
export function openPart(
  leaf: Leaf,
  place: { readonly origin: string; readonly seq: number },
  part: number,
  key: Uint8Array,
): Part | null {
  const sealed = leaf.sealed[part];
  if (sealed === undefined) return null;
  try {
    const plain = unseal(key, contextOf(place, leaf.id, part), Buffer.from(sealed, 'base64'));
    return JSON.parse(plain.toString()) as Part;
  } catch {
    return null;
  }
}
