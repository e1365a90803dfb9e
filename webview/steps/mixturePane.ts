/** z as the mixture of values it is: each key's value times its weight, one below the other, and their sum. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { numbersOf } from '../../src/protocol/wireTensor';
import { largestAmount } from '../positions/valueRange';
import { heaviestKeys } from './heaviestKeys';
import type { Vectors } from './keyVectors';
import { StepPane } from './stepPane';
import { isSeen, type OpenNumber, type Shown } from './shown';
import { StripGroup, type Strip } from './stripGroup';

/** Values drawn one by one: the others are one strip. */
const MOST_STRIPS = 8;
/** A lower weight leaves no colour that could be seen. */
const LEAST_WEIGHT = 0.005;

export class MixturePane {
  readonly root: HTMLElement;
  private readonly pane: StepPane;
  private readonly strips: StripGroup;

  constructor(
    private readonly t: Translate,
    open: OpenNumber,
  ) {
    this.strips = new StripGroup(t, t('The mixture as a table'), open);
    this.strips.root.classList.add('mixture');
    this.pane = new StepPane(t, 5, this.strips.root);
    this.root = this.pane.root;
  }

  update(shown: Shown, vectors: Vectors | null): void {
    const { t } = this;
    const { steps, asked, query, view } = shown;
    const weights = numbersOf(steps.weights);
    const seen = weights.filter((_, key) => isSeen(shown, key)).length;
    this.pane.update({
      title: t('Weights × values: z is their mixture'),
      formulas: ['mixture'],
      words: t(
        'Each strip is a key’s value v times its weight α, in one scale of colours: the lower the weight, the paler. Added up, column by column, they are z of “{query}”.',
        { query },
      ),
      difference: steps.differences.mixture,
    });
    if (vectors === null) return;
    const { width, weighted } = vectors;
    const z = numbersOf(steps.heads).slice(asked.head * width, (asked.head + 1) * width);
    const listed = heaviestKeys(weights, MOST_STRIPS, steps.key).filter(
      (key) => isSeen(shown, key) && (key === steps.key || weights[key]! >= LEAST_WEIGHT),
    );
    const rows = listed.map((key) => weighted.slice(key * width, (key + 1) * width));
    const limit = Math.max(largestAmount(z), ...rows.map(largestAmount)) || 1;
    const strip = (name: string, title: string, values: Float32Array): Strip => ({
      name,
      title,
      values,
      limit,
      number: null,
    });
    const others = seen - listed.length;
    this.strips.update(
      [
        ...listed.map((key, i) =>
          strip(
            `${twoDigits(weights[key] ?? 0)} “${shown.keys[key] ?? ''}”`,
            t('Value of “{token}” × {weight}', {
              token: shown.keys[key] ?? '',
              weight: fourDecimals(weights[key] ?? 0),
            }),
            rows[i]!,
          ),
        ),
        ...(others > 0
          ? [
              strip(
                t('{count} others', { count: others }),
                t('The other {count} keys together: z minus the strips above', { count: others }),
                z.map((value, c) => rows.reduce((left, row) => left - row[c]!, value)),
              ),
            ]
          : []),
        { ...strip('= z', t('z of “{query}”, the sum', { query }), z), number: 'mixture' as const },
      ],
      view.theme,
      shown.stamp,
    );
  }
}

const twoDigits = (weight: number): string => weight.toFixed(2);
