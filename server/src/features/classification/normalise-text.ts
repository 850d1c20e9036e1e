/**
 * Undoes disguises before rules look: invisible characters, look-alike letters, figures for letters, stretched and
 * spaced-out words. Each view of the text undoes one more, and a rule that matches any view matches the text.
 */

const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u115F\u1160\u3164\uFFA0\u2800]/gu;
/** Combining marks but the diaeresis, which tells German words apart (toten, töten). */
const STACKED_MARKS = /(?!\u0308)\p{M}/gu;

const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // Cyrillic
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    г: 'r',
    ѕ: 's',
    т: 't',
    у: 'y',
    х: 'x',
    ԝ: 'w',
    // Greek
    α: 'a',
    ε: 'e',
    η: 'n',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    // Latin
    ı: 'i',
    ł: 'l',
    ø: 'o',
    đ: 'd',
    ɡ: 'g',
    ɑ: 'a',
    ß: 'ss',
    ɪ: 'i',
    ʀ: 'r',
    ɴ: 'n',
    ɢ: 'g',
  }),
);

const FIGURES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0': 'o',
    '1': 'i',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '7': 't',
    '8': 'b',
    '@': 'a',
    $: 's',
    '!': 'i',
    '|': 'i',
    '€': 'e',
  }),
);

/** Visible characters in compatibility form, case kept. What links and lengths are measured on. */
export function visibleText(text: string): string {
  const withoutInvisible = text.toWellFormed().replace(INVISIBLE, '');
  return withoutInvisible.normalize('NFKC').replace(INVISIBLE, '');
}

/** Lower case, look-alikes folded to plain letters, stacked marks dropped. */
function foldText(visible: string): string {
  const bare = visible.toLowerCase().normalize('NFD').replace(STACKED_MARKS, '').normalize('NFC');
  let folded = '';
  for (const character of bare) folded += LOOK_ALIKES.get(character) ?? character;
  return folded;
}

/** Figures and signs read as letters, in words that hold a letter at least. */
function readFigures(folded: string): string {
  return folded.replace(/\S+/gu, (word) => {
    if (!/\p{L}/u.test(word) || /:\/\/|\.\p{L}{2}/u.test(word)) return word;
    // A closing `!` is punctuation more often than a letter.
    const closing = /!+$/.exec(word)?.[0] ?? '';
    let read = '';
    for (const character of word.slice(0, word.length - closing.length)) read += FIGURES.get(character) ?? character;
    return read + closing;
  });
}

/** `k  i.l-l` is `kill`: three or more single letters, each apart from the next by at most two signs or spaces. */
function joinSpacedLetters(folded: string): string {
  return folded.replace(/(?<![\p{L}\p{N}])\p{L}(?:[\s._*~+-]{1,2}\p{L}(?![\p{L}\p{N}])){2,}/gu, (spaced) =>
    spaced.replace(/[\s._*~+-]/gu, ''),
  );
}

/** Signs inside a word: `ki*ll`, `ki.ll`. */
function dropSignsInside(folded: string): string {
  return folded.replace(/(?<=\p{L})[._*~+-]{1,2}(?=\p{L})/gu, '');
}

function shorten(folded: string, to: string): string {
  return folded.replace(/(\p{L})\1{2,}/gu, to);
}

/** Distinct readings of a text, the plain one first. */
export function readings(visible: string): readonly string[] {
  const plain = foldText(visible);
  const views = new Set<string>([plain]);
  const figures = readFigures(plain);
  for (const view of [plain, figures]) {
    const joined = joinSpacedLetters(view);
    views.add(view);
    views.add(joined);
    views.add(dropSignsInside(joined));
    views.add(shorten(joined, '$1$1'));
    views.add(shorten(joined, '$1'));
  }
  return [...views];
}

/** Two texts that read the same compare the same: for repetitions, not for display. */
export function comparableText(text: string): string {
  return foldText(visibleText(text)).replace(/\s+/gu, ' ').trim();
}
