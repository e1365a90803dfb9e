/** Attention from its inputs to its output (paper sections 3.2.1 and 3.2.2). */
import { formulaSet } from './formulaEntry';
import {
  apply,
  applyTo,
  cases,
  equation,
  equations,
  fraction,
  named,
  number,
  operator,
  row,
  root,
  sub,
  subsup,
  sum,
  sup,
  variable,
  words,
  type Term,
} from './mathml';
import { at, between, headWidth, numbered, plus, product, weights } from './symbols';

const exp = (index: string): Term => apply(named('exp'), between('s', 'i', index));
const projected = (of: string, by: string): Term => row(variable(of), weights(by));
const head = (index: Term): Term => sub(named('head'), index);

export const attentionFormulas = formulaSet({
  queryKeyValue: {
    build: () =>
      equations(
        [variable('q'), projected('x', 'Q')],
        [variable('k'), projected('x', 'K')],
        [variable('v'), projected('x', 'V')],
      ),
    reading: (t) => t('q = x times W^Q; k = x times W^K; v = x times W^V'),
  },
  query: {
    build: () => equation(at('q', 'i'), at('x', 'i'), weights('Q')),
    reading: (t) => t('q_i = x_i times W^Q'),
  },
  key: {
    build: () => equation(at('k', 'j'), at('x', 'j'), weights('K')),
    reading: (t) => t('k_j = x_j times W^K'),
  },
  value: {
    build: () => equation(at('v', 'j'), at('x', 'j'), weights('V')),
    reading: (t) => t('v_j = x_j times W^V'),
  },
  crossQueryKeyValue: {
    build: () =>
      equations(
        [variable('q'), projected('x', 'Q')],
        [variable('k'), projected('m', 'K')],
        [variable('v'), projected('m', 'V')],
      ),
    reading: (t) =>
      t(
        'q = x times W^Q, x from the decoder; k = m times W^K and v = m times W^V, m from the encoder',
      ),
  },
  dotProduct: {
    build: () =>
      equation(
        product(),
        sum(
          variable('c'),
          sub(variable('q'), row(variable('i'), variable('c'))),
          sub(variable('k'), row(variable('j'), variable('c'))),
        ),
      ),
    reading: (t) => t('q_i · k_j = the sum over all dimensions c of q_ic times k_jc'),
  },
  scaledScores: {
    build: () =>
      equation(
        between('s', 'i', 'j'),
        fraction(product(), root(headWidth())),
        plus(),
        sub(named('mask'), row(variable('i'), variable('j'))),
      ),
    reading: (t) =>
      t('score of query i and key j = q_i · k_j ÷ square root of d_k + mask of i and j'),
  },
  mask: {
    build: (t) =>
      equation(
        sub(named('mask'), row(variable('i'), variable('j'))),
        cases(
          [number('0'), words(t('if key j is not after query i'))],
          [row(operator('−'), number('∞')), words(t('if it is after it'))],
        ),
      ),
    reading: (t) =>
      t('mask of query i and key j = 0 if the key is not after the query, else minus infinity'),
  },
  softmax: {
    build: () => equation(between('α', 'i', 'j'), fraction(exp('j'), sum(variable('n'), exp('n')))),
    reading: (t) =>
      t(
        'weight of key j for query i = exp of its score ÷ the sum of exp of the scores of all keys n',
      ),
  },
  mixture: {
    build: () => equation(at('z', 'i'), sum(variable('j'), between('α', 'i', 'j'), at('v', 'j'))),
    reading: (t) => t('z_i = the sum over all keys j of weight α_ij times value v_j'),
  },
  attention: {
    build: () =>
      equation(
        applyTo(named('Attention'), variable('Q'), variable('K'), variable('V')),
        apply(
          named('softmax'),
          fraction(row(variable('Q'), sup(variable('K'), named('T'))), root(headWidth())),
        ),
        variable('V'),
      ),
    reading: (t) =>
      t('Attention of Q, K, V = softmax of (Q times K transposed ÷ square root of d_k), times V'),
  },
  multiHead: {
    build: () =>
      equation(
        apply(named('MultiHead'), variable('x')),
        applyTo(named('Concat'), head(number('1')), operator('…'), head(variable('h'))),
        weights('O'),
      ),
    reading: (t) => t('MultiHead of x = Concat of head 1 to head h, times W^O'),
  },
  headSum: {
    build: () =>
      equation(
        row(
          applyTo(named('Concat'), numbered('z', '1'), operator('…'), at('z', 'h')),
          weights('O'),
        ),
        sum(variable('n'), at('z', 'n'), subsup(variable('W'), variable('n'), variable('O'))),
      ),
    reading: (t) =>
      t('Concat of z_1 to z_h, times W^O = the sum over heads n of z_n times its own rows of W^O'),
  },
});
