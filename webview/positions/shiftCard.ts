/** PE(p + k) as PE(p), turned: the same 2 × 2 rotations at every position. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import { formula, type FormulaName } from '../learn/formula/formulas';
import { equation, math, matrix, row } from '../learn/formula/mathml';
import { card } from '../parts/card';
import { element, setText } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import { signedNumber, smallNumber } from './numberTerms';
import type { PairSight } from './pairSight';
import type { PlaceChoice } from './placeChoice';

type Shift = Answer<'positionShift'>;

/** Beside the chosen pair: one that turns fast and one that hardly does. */
const SHARES = [0, 1 / 4];

export class ShiftCard {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly general = element('div');
  private readonly turns = element('ul', { class: 'turns' });
  private readonly check = element('p', { class: 'check-words', attributes: { role: 'status' } });
  private readonly twin: TwinTable;
  private drawn = '';
  private kind: PairSight['positions']['kind'] | null = null;

  constructor(
    private readonly t: Translate,
    private readonly choice: PlaceChoice,
  ) {
    this.twin = new TwinTable(t('The rotations as a table'));
    this.root = card(
      t('A step is a rotation'),
      '',
      this.words,
      this.general,
      this.turns,
      this.check,
      this.twin.root,
    );
  }

  update(sight: PairSight, shift: Shift, asked: { position: number; shift: number }): void {
    const { place, view, positions } = sight;
    const { kind } = positions;
    if (this.kind !== kind) {
      this.kind = kind;
      setText(this.words, introduction(kind, this.t));
      const name: FormulaName = kind === 'rotary' ? 'rotary' : 'positionShift';
      this.general.replaceChildren(...(kind === 'learned' ? [] : [formula(name, this.t)]));
    }
    const key = JSON.stringify([view.snapshot.trace, sight.side, asked, shift.positions]);
    this.twin.update(key, () => this.rows(sight, shift), place.pair);
    const wanted = JSON.stringify([key, place.pair]);
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    const others = SHARES.map((share) => Math.floor(share * sight.limits.pairs));
    const pairs = [...new Set([...others, place.pair])].sort((x, y) => x - y);
    this.turns.replaceChildren(...pairs.map((pair) => this.turn(sight, shift, asked, pair)));
    setText(this.check, verdict(kind, shift, asked.shift, this.t));
  }

  private turn(
    { dimensionsOf, positions }: PairSight,
    shift: Shift,
    asked: { position: number; shift: number },
    pair: number,
  ): HTMLElement {
    const { t } = this;
    const at = (tensor: Shift['cosines'], i: number): number => numbersOf(tensor)[i] ?? Number.NaN;
    // Sinusoids stand as sine, cosine; a turned query (1, 0) is cosine, sine: as either paper has it.
    const rotary = positions.kind === 'rotary';
    const both = (tensor: Shift['before']): [number, number] => {
      const [first, second] = [at(tensor, 2 * pair), at(tensor, 2 * pair + 1)];
      return rotary ? [second, first] : [first, second];
    };
    const column = (tensor: Shift['before']) => {
      const [first, second] = both(tensor);
      return matrix([signedNumber(first)], [signedNumber(second)]);
    };
    const [cosine, sine] = [at(shift.cosines, pair), at(shift.sines, pair)];
    const [one, other] = dimensionsOf(pair);
    const name = t('pair {pair} (dimensions {first}, {second})', {
      pair,
      first: one,
      second: other,
    });
    const said = t('{name}: rotation by {angle} radians', {
      name,
      angle: fourDecimals(at(shift.angles, pair)),
    });
    const turning = matrix(
      [signedNumber(cosine), signedNumber(rotary ? -sine : sine)],
      [signedNumber(rotary ? sine : -sine), signedNumber(cosine)],
    );
    const whole = math(said, equation(row(turning, column(shift.before)), column(shift.turned)));
    const [first, second] = both(shift.after).map(fourDecimals);
    const there = { position: asked.position + asked.shift, first: first!, second: second! };
    return element(
      'li',
      {},
      element('p', { class: 'turn-name' }, name),
      element('div', { class: 'formula' }, whole),
      element(
        'p',
        { class: 'hint' },
        rotary
          ? t('Turned at once to position {position}: {first}, {second}', there)
          : t('In the table at position {position}: {first}, {second}', there),
      ),
    );
  }

  private rows({ dimensionsOf }: PairSight, shift: Shift) {
    const { t } = this;
    const [angles, cosines, sines, largest] = [
      numbersOf(shift.angles),
      numbersOf(shift.cosines),
      numbersOf(shift.sines),
      numbersOf(shift.largest),
    ];
    return {
      columns: [
        { name: t('Pair'), kind: 'header' as const },
        { name: t('Dimensions'), kind: 'text' as const },
        { name: t('Angle'), kind: 'number' as const, title: t('Radians') },
        { name: 'cos', kind: 'number' as const },
        { name: 'sin', kind: 'number' as const },
        {
          name: t('Off by'),
          kind: 'number' as const,
          title: t('Largest difference over all positions'),
        },
      ],
      rows: [...angles].map((angle, pair) => ({
        cells: [
          String(pair),
          dimensionsOf(pair).join(', '),
          fourDecimals(angle),
          fourDecimals(cosines[pair] ?? Number.NaN),
          fourDecimals(sines[pair] ?? Number.NaN),
          smallNumber(largest[pair] ?? Number.NaN),
        ],
        go: () => this.choice.choose({ pair }),
      })),
    };
  }
}

function introduction(kind: PairSight['positions']['kind'], t: Translate): string {
  switch (kind) {
    case 'sinusoidal':
      return t(
        'The vector k positions later is this one, each pair of dimensions turned by ω k. Wherever p is: so a head can learn “k further on” once, for all positions.',
      );
    case 'learned':
      return t(
        'Learned positions were never told to be rotations. Here is the best turn of each pair of neighbouring dimensions for this step, and how far it misses.',
      );
    case 'rotary':
      return t(
        'Here the rotation itself is the position: the query at m is turned by m θ, the key at n by n θ, and their dot product sees only what lies between. Below, a query (1, 0) that position p has turned is turned on by k θ.',
      );
  }
}

function verdict(
  kind: PairSight['positions']['kind'],
  { positions, worst, relative }: Shift,
  step: number,
  t: Translate,
): string {
  const difference = smallNumber(worst.difference);
  if (kind === 'learned')
    return t(
      'No exact rotation: over {positions} positions even the best ones leave {share} % of the vectors’ length. (A free d_model × d_model matrix fits any table that has fewer rows than dimensions: that would show nothing.)',
      { positions, share: (100 * relative).toFixed(0) },
    );
  if (kind === 'rotary')
    return t(
      'Turning by p θ and then by {step} θ is turning by (p + {step}) θ: over {positions} positions and all pairs it is off by at most {difference}, the rounding of float32.',
      { step, positions, difference },
    );
  return t(
    'Checked over {positions} positions and all pairs: the turned vector is off from the table’s own by at most {difference} (position {position}, pair {pair}), the rounding of float32.',
    { positions, difference, position: worst.position, pair: worst.pair },
  );
}
