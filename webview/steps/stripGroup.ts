/** Strips of one step below each other, with one line for the number that is pointed at, and their table twin. */
import type { Translate } from '../../src/language/translate';
import { nineDigits } from '../../src/navigation/names';
import type { MadeNumber } from '../../src/protocol/studies/madeOf';
import { element, setText } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import type { Theme } from '../parts/theme';
import { largestAmount, limitWithin } from '../positions/valueRange';
import type { OpenNumber } from './shown';
import { ValueStrip } from './valueStrip';

/** A few numbers of a stream are far larger than all others, and would leave them pale. */
const LONG = 128;

/** One strip of a group. */
export interface Strip {
  readonly name: string;
  readonly title: string;
  readonly values: Float32Array;
  /** What its numbers are; null: they are no sums that could be opened. */
  readonly number: MadeNumber | null;
  readonly frame?: readonly [from: number, to: number];
  /** Shared with other strips; left out: its own. */
  readonly limit?: number;
}

export const limitOfStrip = (values: Float32Array): number =>
  (values.length > LONG ? limitWithin(values) : largestAmount(values)) || 1;

export class StripGroup {
  readonly root: HTMLElement;
  /** Where what a number is made of is shown. */
  readonly room = element('div', { class: 'made-room' });
  private readonly rows = element('div', { class: 'strips' });
  private readonly readout = element('p', { class: 'strip-readout' });
  private readonly twin: TwinTable;
  private readonly strips: { readonly opens: boolean; readonly strip: ValueStrip }[] = [];
  private shown: readonly Strip[] = [];

  constructor(
    private readonly t: Translate,
    twin: string,
    private readonly open: OpenNumber,
  ) {
    this.twin = new TwinTable(twin);
    this.root = element(
      'div',
      { class: 'strip-group' },
      this.rows,
      this.readout,
      this.room,
      this.twin.root,
    );
  }

  /** @param stamp changes whenever the numbers do */
  update(strips: readonly Strip[], theme: Theme, stamp: string): void {
    this.shown = strips;
    this.fit(strips);
    for (const [i, { name, title, values, frame, limit }] of strips.entries())
      this.strips[i]?.strip.update(
        {
          name,
          title,
          values,
          limit: limit ?? limitOfStrip(values),
          describe: (index) => this.words(strips[i]!, index),
          ...(frame === undefined ? {} : { frame }),
        },
        theme.signed,
      );
    const longest = Math.max(0, ...strips.map(({ values }) => values.length));
    this.twin.update(stamp, () => ({
      columns: [
        { name: this.t('Dimension'), kind: 'header' },
        ...strips.map(({ name, title }) => ({ name, title, kind: 'number' as const })),
      ],
      rows: Array.from({ length: longest }, (_, index) => ({
        cells: [
          String(index),
          ...strips.map(({ values }) =>
            index < values.length ? nineDigits(values[index] ?? 0) : '',
          ),
        ],
      })),
    }));
  }

  /** As many strips as there are, each of which can be opened or not. */
  private fit(strips: readonly Strip[]): void {
    const same =
      strips.length === this.strips.length &&
      strips.every(({ number }, i) => this.strips[i]?.opens === (number !== null));
    if (same) return;
    this.strips.length = 0;
    for (const [i, { number }] of strips.entries()) {
      const opens = number !== null;
      const strip = new ValueStrip(
        (words) => this.tell(words),
        opens ? (index) => this.openAt(i, index) : null,
      );
      this.strips.push({ opens, strip });
    }
    this.rows.replaceChildren(...this.strips.map(({ strip }) => strip.root));
  }

  private openAt(i: number, dimension: number): void {
    const { number, name } = this.shown[i] ?? {};
    if (number == null || name === undefined) return;
    this.open({ number, dimension, name, room: this.room });
  }

  private words({ name, values, number }: Strip, index: number): string {
    const args = { name, dimension: index, value: nineDigits(values[index] ?? 0) };
    return number === null
      ? this.t('{name}, dimension {dimension}: {value}', args)
      : this.t('{name}, dimension {dimension}: {value} — click or Enter: what it is made of', args);
  }

  private tell(words: string | null): void {
    setText(this.readout, words ?? '');
  }
}
