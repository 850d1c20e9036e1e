/**
 * CSV for spreadsheets (RFC 4180): CRLF, a byte order mark so that Excel reads UTF-8, and cells that a spreadsheet
 * would run as a formula made harmless, because names and reasons in them were written by strangers. Card numbers that
 * somebody typed are masked.
 */
import { stringify } from 'csv-stringify/sync';
import { maskCardNumbers } from './observability/index.ts';

export type CsvCell = string | number | bigint | boolean | null;

export function csvOf(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return BYTE_ORDER_MARK + linesOf([columns, ...rows]);
}

/** The same for what is too long to be in memory at once. */
export async function* csvPages(
  columns: readonly string[],
  pages: AsyncIterable<readonly (readonly CsvCell[])[]>,
): AsyncGenerator<string> {
  yield csvOf(columns, []);
  for await (const rows of pages) yield linesOf(rows);
}

const BYTE_ORDER_MARK = '\ufeff';

function linesOf(rows: readonly (readonly CsvCell[])[]): string {
  return stringify(
    rows.map((row) => row.map(textOf)),
    {
      record_delimiter: 'windows',
      escape_formulas: true,
      // Alone, a line feed would not be quoted where lines end in CRLF, and most readers take it for an end.
      quoted_match: /[\r\n]/,
    },
  );
}

/** A negative amount is a number, not a formula. */
const textOf = (cell: CsvCell): string | number | bigint => {
  if (cell === null) return '';
  if (typeof cell === 'string') return maskCardNumbers(cell);
  return typeof cell === 'boolean' ? String(cell) : cell;
};
