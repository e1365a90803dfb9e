/** The paper's notation, in one place: made anew each time, for a node stands in one formula only. */
import { number, operator, row, sub, sup, variable, type Term } from './mathml';

/** `x_i`. */
export const at = (name: string, index: string): Term => sub(variable(name), variable(index));

/** `s_ij`. */
export const between = (name: string, query: string, key: string): Term =>
  sub(variable(name), row(variable(query), variable(key)));

/** `W^Q`, `W^O`: a matrix of weights. */
export const weights = (of: string): Term => sup(variable('W'), variable(of));

/** `W_1`, `b_2`. */
export const numbered = (name: string, index: string): Term => sub(variable(name), number(index));

/** Width of one head. */
export const headWidth = (): Term => sub(variable('d'), variable('k'));

/** Width of the stream. */
export const width = (): Term => sub(variable('d'), variable('model'));

export const plus = (): Term => operator('+');
export const minus = (): Term => operator('−');
export const times = (): Term => operator('·');
export const comma = (): Term => operator(',');

/** `q_i · k_j`. */
export const product = (): Term => row(at('q', 'i'), times(), at('k', 'j'));
