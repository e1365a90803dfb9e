/** Every pair of dimensions with its frequency and wavelength. */
import type { Translate } from '../../src/language/translate';
import { TwinTable } from '../parts/twinTable';
import { dimensionsOfPair, wavelengthWords } from './rotaryPairs';
import type { RotarySight } from './rotaryPositions';

/** Frequencies fall over four and more powers of ten. */
const FREQUENCY_DIGITS = 4;

export class PairTable {
  private readonly twin: TwinTable;
  readonly root: HTMLElement;

  constructor(private readonly t: Translate) {
    this.twin = new TwinTable(t('Frequency and wavelength of each pair'));
    this.root = this.twin.root;
  }

  update({ rotary, rotation, view }: RotarySight): void {
    const { t } = this;
    this.twin.update(`${view.snapshot.trace} ${JSON.stringify(rotary)}`, () => ({
      columns: [
        { name: t('Pair'), kind: 'header' },
        { name: t('Dimensions'), kind: 'text' },
        { name: t('θ in radians a position'), kind: 'number' },
        { name: t('Wavelength 2π/θ in positions'), kind: 'number' },
      ],
      rows: [...rotation.frequencies].map((frequency, pair) => ({
        cells: [
          String(pair),
          dimensionsOfPair(rotary, pair).join(', '),
          frequency.toPrecision(FREQUENCY_DIGITS),
          wavelengthWords(frequency),
        ],
      })),
    }));
  }
}
