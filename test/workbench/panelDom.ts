// The inspector panel as a person uses and reads it.
import type { Frame, Locator } from 'playwright-core';

export interface PanelChip {
  readonly index: number;
  readonly label: string;
  readonly special: boolean;
  /** Four decimals; null where the row says nothing about the token. */
  readonly weight: string | null;
}

export interface PanelState {
  /** `E2·H5` */
  readonly head: string;
  readonly token: string;
  readonly direction: string;
  readonly specials: boolean;
  readonly state: string;
  readonly source: readonly PanelChip[];
  readonly target: readonly PanelChip[];
}

export const SOURCE = 'Tokens of the text';
export const TARGET = 'Output tokens';

export const chips = (panel: Frame, side: string): Locator =>
  panel.getByRole('listbox', { name: side }).getByRole('option');

export const readPanel = (panel: Frame): Promise<PanelState> =>
  panel.evaluate(
    ([source, target]) => {
      const text = (selector: string): string =>
        document.querySelector(selector)?.textContent?.trim() ?? '';
      const chipsOf = (name: string): PanelChip[] =>
        [...document.querySelectorAll(`[aria-label="${name}"] .chip`)].map((chip) => ({
          index: Number(chip.getAttribute('data-index')),
          label: chip.querySelector('.chip-label')?.textContent ?? '',
          special: chip.classList.contains('special'),
          weight: /([\d.]+)$/.exec(chip.getAttribute('aria-label') ?? '')?.[1] ?? null,
        }));
      const weighed = (name: string): PanelChip[] =>
        document.querySelector(`[aria-label="${name}"] .chip.weighed`) === null
          ? chipsOf(name).map((chip) => ({ ...chip, weight: null }))
          : chipsOf(name);
      const checks = [...document.querySelectorAll('.check')];
      const specials = checks.find(({ textContent }) => textContent?.includes('Specials'));
      return {
        head: text('.statement .short-name'),
        token: text('.chip.chosen .chip-label'),
        direction: text('.segment[aria-pressed=true]'),
        specials: specials?.querySelector('input')?.checked === true,
        state: text('.header .state'),
        source: weighed(source),
        target: weighed(target),
      };
    },
    [SOURCE, TARGET] as const,
  );

/** Until the run on screen is over. */
export const completed = (panel: Frame): Promise<void> =>
  panel.locator('.header .state', { hasText: /^Complete in/ }).waitFor();

/** Numbers of the panel's *Row* table by position; its tab must be open. */
export async function rowNumbers(panel: Frame): Promise<ReadonlyMap<number, string>> {
  const rows = await panel.evaluate(() =>
    [...document.querySelectorAll('#panel-row table.weights tbody tr')].map(
      (row) =>
        [
          Number(row.querySelector('.position')?.textContent),
          row.querySelector('.number .cell-number')?.textContent ?? '',
        ] as const,
    ),
  );
  return new Map(rows);
}

/** Chooses in a list by keyboard: what is typed is searched in it. */
export async function chooseIn(panel: Frame, list: string, words: string): Promise<void> {
  const select = panel
    .getByRole('group', { name: 'What to show' })
    .getByLabel(list, { exact: true });
  await select.pressSequentially(words);
}
