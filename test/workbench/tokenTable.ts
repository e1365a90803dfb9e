// The side panel's Token view: the row of the chosen token as a table.
import type { Session } from './session';

export interface TableRow {
  readonly position: number;
  readonly label: string;
  readonly special: boolean;
  /** As it is written, with four decimals. */
  readonly weight: string;
  /** With all digits, as the cell's tooltip has it. */
  readonly exact: number;
}

export interface TokenTable {
  readonly token: string;
  /** `E2·H5` */
  readonly head: string;
  readonly direction: string;
  readonly rows: readonly TableRow[];
}

export async function readTokenTable(session: Session): Promise<TokenTable> {
  const view = await session.tokenView();
  return view.evaluate(() => {
    const text = (from: ParentNode, selector: string): string =>
      from.querySelector(selector)?.textContent?.trim() ?? '';
    const rows = [...document.querySelectorAll('table.weights tbody tr')].map((row) => ({
      position: Number(text(row, '.position')),
      label: text(row, '.token-name'),
      special: row.classList.contains('special'),
      weight: text(row, '.number .cell-number'),
      exact: Number(row.querySelector('.number')?.getAttribute('title')),
    }));
    return {
      token: text(document, '.heading-token'),
      head: text(document, '.heading .short-name'),
      direction: text(document, '.heading .direction'),
      rows,
    };
  });
}
