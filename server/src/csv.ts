/**
 * CSV for spreadsheets (RFC 4180): CRLF, a byte order mark so that Excel reads UTF-8, and cells that a spreadsheet
 * would run as a formula made harmless, because names and reasons in them were written by strangers.
 */
import { stringify } from 'csv-stringify/sync';

export type CsvCell = string | number | bigint | boolean | null;

export function csvOf(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return stringify([[...columns], ...rows.map((row) => row.map(textOf))], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    // Alone, a line feed would not be quoted where lines end in CRLF, and most readers take it for an end.
    quoted_match: /[\r\n]/,
  });
}

/** A negative amount is a number, not a formula. */
const textOf = (cell: CsvCell): string | number | bigint => {
  if (cell === null) return '';
  return typeof cell === 'boolean' ? String(cell) : cell;
};
