/** Other scores than the scaled dot product, and what a softmax makes of large ones. */
import { formulaSet } from './formulaEntry';
import {
  apply,
  applyTo,
  equation,
  fraction,
  named,
  norm,
  number,
  operator,
  paren,
  root,
  row,
  sub,
  sum,
  variable,
  type Term,
} from './mathml';
import { at, between, headWidth, minus, plus, product, times } from './symbols';

const score = (): Term => between('s', 'i', 'j');
const weight = (): Term => between('α', 'i', 'j');
const component = (name: string, index: string): Term =>
  sub(variable(name), row(variable(index), variable('c')));

export const scoreFormulas = formulaSet({
  dotScore: {
    build: () => equation(score(), product()),
    reading: (t) => t('score of query i and key j = q_i · k_j'),
  },
  cosineScore: {
    build: () =>
      equation(score(), fraction(product(), row(norm(at('q', 'i')), norm(at('k', 'j'))))),
    reading: (t) => t('score of query i and key j = q_i · k_j ÷ (length of q_i × length of k_j)'),
  },
  additiveScore: {
    build: () =>
      equation(
        score(),
        fraction(number('1'), root(headWidth())),
        sum(variable('c'), apply(named('tanh'), component('q', 'i'), plus(), component('k', 'j'))),
      ),
    reading: (t) =>
      t(
        'score of query i and key j = the sum over dimensions c of tanh(q_ic + k_jc), ÷ square root of d_k',
      ),
  },
  scoreVariance: {
    build: () => equation(apply(named('Var'), variable('q'), times(), variable('k')), headWidth()),
    reading: (t) =>
      t('variance of q · k = d_k, if all their numbers are independent with mean 0 and variance 1'),
  },
  entropy: {
    build: () =>
      equation(
        sub(variable('H'), variable('i')),
        row(operator('−'), sum(variable('j'), weight(), sub(named('log'), number('2')), weight())),
      ),
    reading: (t) =>
      t('entropy of row i = minus the sum over keys j of α_ij times its binary logarithm'),
  },
  softmaxGradient: {
    build: () =>
      equation(
        fraction(row(operator('∂'), at('α', 'j')), row(operator('∂'), at('s', 'n'))),
        at('α', 'j'),
        paren(between('δ', 'j', 'n'), minus(), at('α', 'n')),
      ),
    reading: (t) =>
      t('change of weight j with score n = α_j × (δ_jn − α_n); δ_jn is 1 if j is n, else 0'),
  },
  cosine: {
    build: () =>
      equation(
        applyTo(named('cos'), variable('a'), variable('b')),
        fraction(
          row(variable('a'), times(), variable('b')),
          row(norm(variable('a')), norm(variable('b'))),
        ),
      ),
    reading: (t) => t('cosine of a and b = a · b ÷ (length of a × length of b)'),
  },
});
