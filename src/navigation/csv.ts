import { nineDigits } from './names';

/** A table as CSV (RFC 4180), safe to open in a spreadsheet program. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A spreadsheet takes a cell that begins like this for a formula; inspected text may say anything. */
const FORMULA_START = /^[=+\-@\t\r]/;

function cell(value: string | number): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : exact(value);
  const harmless = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A whole number may have more than nine digits. */
const exact = (value: number): string =>
  Number.isInteger(value) ? String(value) : nineDigits(value);
