/** From a token to a vector with a place (paper sections 3.4 and 3.5), and the other kinds of positions. */
import { formulaSet } from './formulaEntry';
import {
  apply,
  applyTo,
  equation,
  equations,
  fraction,
  matrix,
  named,
  number,
  operator,
  paren,
  root,
  row,
  sub,
  subsup,
  sup,
  variable,
  type Term,
} from './mathml';
import { at, comma, headWidth, minus, plus, product, times, width } from './symbols';

const embedded = (): Term => sub(variable('E'), at('token', 't'));
const encoded = (...place: readonly Term[]): Term => applyTo(named('PE'), ...place);
const angle = (): Term =>
  fraction(
    variable('pos'),
    sup(number('10000'), row(number('2'), variable('i'), operator('/'), width())),
  );
const turned = (part: string): Term => subsup(variable('q'), variable(part), operator('′'));
const turnBy = (by: () => Term, signs: readonly [string, string]): Term =>
  matrix(
    [apply(named('cos'), by()), signed(signs[0], apply(named('sin'), by()))],
    [signed(signs[1], apply(named('sin'), by())), apply(named('cos'), by())],
  );
const signed = (sign: string, term: Term): Term => (sign === '' ? term : row(operator(sign), term));
const scaled = (): Term => fraction(product(), root(headWidth()));
const score = (): Term => sub(variable('s'), row(variable('i'), variable('j')));

export const embeddingFormulas = formulaSet({
  embedding: {
    build: () =>
      equation(at('x', 't'), root(width()), times(), embedded(), plus(), encoded(variable('t'))),
    reading: (t) =>
      t('x at place t = square root of d_model × the token’s embedding + PE of place t'),
  },
  embeddingUnscaled: {
    build: () => equation(at('x', 't'), embedded(), plus(), at('P', 't')),
    reading: (t) => t('x at place t = the token’s embedding + the position vector of place t'),
  },
  embeddingAlone: {
    build: () => equation(at('x', 't'), embedded()),
    reading: (t) => t('x at place t = the token’s embedding'),
  },
  positionPair: {
    build: () =>
      equations(
        [encoded(variable('pos'), row(number('2'), variable('i'))), apply(named('sin'), angle())],
        [
          encoded(variable('pos'), row(number('2'), variable('i'), plus(), number('1'))),
          apply(named('cos'), angle()),
        ],
      ),
    reading: (t) =>
      t(
        'PE of position pos, dimension 2i = sine of pos ÷ 10000 to the power 2i ÷ d_model; dimension 2i + 1 = the cosine of the same',
      ),
  },
  positionHalves: {
    build: () =>
      equations(
        [encoded(variable('pos'), variable('i')), apply(named('sin'), angle())],
        [
          encoded(variable('pos'), row(width(), operator('/'), number('2'), plus(), variable('i'))),
          apply(named('cos'), angle()),
        ],
      ),
    reading: (t) =>
      t(
        'PE of position pos, dimension i = sine of pos ÷ 10000 to the power 2i ÷ d_model; dimension d_model ÷ 2 + i = the cosine of the same',
      ),
  },
  positionShift: {
    build: () => {
      const waves = (place: () => Term): Term =>
        matrix([apply(named('sin'), place())], [apply(named('cos'), place())]);
      const by = (): Term => row(at('ω', 'i'), variable('k'));
      return equation(
        waves(() => row(at('ω', 'i'), paren(variable('pos'), plus(), variable('k')))),
        turnBy(by, ['', '−']),
        waves(() => row(at('ω', 'i'), variable('pos'))),
      );
    },
    reading: (t) =>
      t(
        'sine and cosine at position pos + k = the rotation by ω_i k × sine and cosine at position pos',
      ),
  },
  frequency: {
    build: () =>
      equation(
        at('ω', 'i'),
        fraction(
          number('1'),
          sup(number('10000'), row(number('2'), variable('i'), operator('/'), width())),
        ),
      ),
    reading: (t) => t('ω_i = 1 ÷ 10000 to the power 2i ÷ d_model'),
  },
  rotary: {
    build: () => {
      const by = (): Term => row(variable('m'), at('θ', 'i'));
      return equation(
        matrix([turned('a')], [turned('b')]),
        turnBy(by, ['−', '']),
        matrix([at('q', 'a')], [at('q', 'b')]),
      );
    },
    reading: (t) =>
      t(
        'two dimensions a and b of a query at place m, turned by the angle m θ_i; keys are turned likewise',
      ),
  },
  alibi: {
    build: () =>
      equation(
        score(),
        scaled(),
        minus(),
        at('m', 'h'),
        times(),
        paren(variable('i'), minus(), variable('j')),
      ),
    reading: (t) =>
      t('score of query i and key j = q_i · k_j ÷ square root of d_k − m_h × (i − j)'),
  },
  alibiSlope: {
    build: () =>
      equation(
        at('m', 'h'),
        sup(
          number('2'),
          row(operator('−'), number('8'), variable('h'), operator('/'), variable('H')),
        ),
        comma(),
        row(
          variable('h'),
          operator('='),
          number('1'),
          comma(),
          operator('…'),
          comma(),
          variable('H'),
        ),
      ),
    reading: (t) => t('slope of head h of H heads = 2 to the power −8 h ÷ H, h from 1'),
  },
  relativeBias: {
    build: () =>
      equation(
        score(),
        product(),
        plus(),
        sub(
          variable('b'),
          row(
            variable('h'),
            comma(),
            apply(named('bucket'), row(variable('j'), minus(), variable('i'))),
          ),
        ),
      ),
    reading: (t) =>
      t(
        'score of query i and key j = q_i · k_j + the learned bias of head h for the distance j − i',
      ),
  },
});
