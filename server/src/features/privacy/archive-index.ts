/** The page of an archive that a person opens first: what is in it, how much, and what is not and why. */
import type { Language } from '@virgil/contract';
import type { Copy } from './read-copy.ts';

export interface ArchiveHead {
  readonly displayName: string;
  readonly language: Language;
  readonly madeAt: Date;
  readonly publicName: string;
}

const WORDS = {
  en: {
    title: 'Your data',
    made: (who: string, where: string, at: string) => `${who} at ${where}, as of ${at} (UTC).`,
    kind: 'Kind',
    rows: 'Entries',
    file: 'File',
    media: 'Media',
    empty: 'nothing',
    left: 'Not in here: who reported you, notes that moderators keep among themselves, secrets such as passwords and keys (only that they exist), and what other people wrote. The files are JSON; each says in "columns" what its fields are.',
  },
  de: {
    title: 'Deine Daten',
    made: (who: string, where: string, at: string) => `${who} bei ${where}, Stand ${at} (UTC).`,
    kind: 'Art',
    rows: 'Einträge',
    file: 'Datei',
    media: 'Medien',
    empty: 'nichts',
    left: 'Nicht enthalten: wer dich gemeldet hat, Notizen der Moderation unter sich, Geheimnisse wie Passwörter und Schlüssel (nur dass es sie gibt) und was andere geschrieben haben. Die Dateien sind JSON; jede sagt unter „columns“, was ihre Felder sind.',
  },
} as const;

export function archiveIndex(head: ArchiveHead, copy: Copy): string {
  const words = WORDS[head.language];
  const rows = copy.parts.map(
    ({ kind, rows }) =>
      `<tr><td>${escaped(kind)}</td><td>${rows.length === 0 ? words.empty : rows.length}</td>` +
      `<td><a href="data/${escaped(kind)}.json">data/${escaped(kind)}.json</a></td></tr>`,
  );
  const files = copy.files.map(({ name }) => `<li><a href="${encodeURI(`media/${name}`)}">${escaped(name)}</a></li>`);
  return `<!doctype html>
<html lang="${head.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${words.title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}td,th{text-align:left;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #ccc}</style>
<h1>${words.title}</h1>
<p>${escaped(words.made(head.displayName, head.publicName, head.madeAt.toISOString().slice(0, 16).replace('T', ' ')))}</p>
<p>${escaped(words.left)}</p>
<table><thead><tr><th>${words.kind}</th><th>${words.rows}</th><th>${words.file}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>
${files.length === 0 ? '' : `<h2>${words.media}</h2><ul>${files.join('')}</ul>`}
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
