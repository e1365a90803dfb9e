/** What stands around attention in a layer: residuals, norms, feed-forward (paper sections 3.1 and 3.3). */
import { formulaSet } from './formulaEntry';
import {
  apply,
  applyTo,
  equation,
  fraction,
  named,
  number,
  operator,
  paren,
  root,
  row,
  sub,
  subsup,
  sum,
  sup,
  variable,
  type Term,
} from './mathml';
import { at, minus, numbered, plus, times, weights } from './symbols';

const subLayer = (...inside: readonly Term[]): Term => apply(named('SubLayer'), ...inside);
const normed = (): Term => apply(named('Norm'), variable('x'));
const spread = (of: () => Term): Term => root(sup(of(), number('2')), plus(), variable('ε'));
const standardised = (mean: () => Term, deviation: () => Term): Term =>
  fraction(row(at('x', 'c'), minus(), mean()), spread(deviation));
const mean = (): Term => variable('μ');
const deviation = (): Term => variable('σ');
const first = (): Term => row(variable('x'), numbered('W', '1'), plus(), numbered('b', '1'));
const second = (): Term => row(numbered('W', '2'), plus(), numbered('b', '2'));
const gain = (): Term => at('γ', 'c');
const shift = (): Term => at('β', 'c');

export const subLayerFormulas = formulaSet({
  residual: {
    build: () => row(variable('x'), plus(), subLayer(variable('x'))),
    reading: (t) => t('x + SubLayer of x'),
  },
  postNorm: {
    build: () => apply(named('Norm'), variable('x'), plus(), subLayer(variable('x'))),
    reading: (t) => t('Norm of (x + SubLayer of x)'),
  },
  preNorm: {
    build: () => row(variable('x'), plus(), subLayer(normed())),
    reading: (t) => t('x + SubLayer of (Norm of x)'),
  },
  parallelNorm: {
    build: () =>
      row(
        variable('x'),
        plus(),
        apply(named('Attention'), normed()),
        plus(),
        apply(named('FFN'), normed()),
      ),
    reading: (t) => t('x + Attention of (Norm of x) + FFN of (Norm of x)'),
  },
  layerNorm: {
    build: () =>
      equation(
        apply(sub(named('LayerNorm'), variable('c')), variable('x')),
        gain(),
        times(),
        standardised(mean, deviation),
        plus(),
        shift(),
      ),
    reading: (t) =>
      t(
        'LayerNorm, dimension c = γ_c × (x_c − μ) ÷ square root of (σ² + ε) + β_c; μ and σ over the dimensions of this one vector',
      ),
  },
  batchNorm: {
    build: () =>
      equation(
        apply(sub(named('BatchNorm'), variable('c')), variable('x')),
        gain(),
        times(),
        standardised(
          () => at('μ', 'c'),
          () => at('σ', 'c'),
        ),
        plus(),
        shift(),
      ),
    reading: (t) =>
      t(
        'BatchNorm, dimension c = γ_c × (x_c − μ_c) ÷ square root of (σ_c² + ε) + β_c; μ_c and σ_c over all vectors of the batch',
      ),
  },
  rmsNorm: {
    build: () =>
      equation(
        apply(sub(named('RMSNorm'), variable('c')), variable('x')),
        gain(),
        times(),
        fraction(
          at('x', 'c'),
          root(
            fraction(number('1'), variable('d')),
            sum(variable('n'), subsup(variable('x'), variable('n'), number('2'))),
            plus(),
            variable('ε'),
          ),
        ),
      ),
    reading: (t) =>
      t('RMSNorm, dimension c = γ_c × x_c ÷ square root of (the mean of all x_n² + ε)'),
  },
  feedForward: {
    build: () =>
      equation(
        apply(named('FFN'), variable('x')),
        applyTo(named('max'), number('0'), first()),
        second(),
      ),
    reading: (t) => t('FFN of x = max(0, x times W_1 + b_1) times W_2 + b_2'),
  },
  feedForwardActivation: {
    build: () => equation(apply(named('FFN'), variable('x')), apply(named('f'), first()), second()),
    reading: (t) =>
      t('FFN of x = f(x times W_1 + b_1) times W_2 + b_2, f being the model’s activation'),
  },
  feedForwardGated: {
    build: () =>
      equation(
        apply(named('FFN'), variable('x')),
        paren(
          apply(named('f'), variable('x'), weights('gate')),
          operator('⊙'),
          variable('x'),
          weights('up'),
        ),
        weights('down'),
      ),
    reading: (t) =>
      t('FFN of x = (f(x times W_gate) times, number by number, x times W_up) times W_down'),
  },
});
