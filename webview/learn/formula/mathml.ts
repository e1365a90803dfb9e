/**
 * Makes MathML from data. Chromium sets MathML Core itself: no library, no bundled font, nothing
 * for a content security policy to refuse. What stands in formulas is made here, never parsed.
 */

/** A part of a formula. */
export type Term = MathMLElement;

function node(tag: string, children: readonly (Term | string)[], className = ''): Term {
  const made = document.createElementNS('http://www.w3.org/1998/Math/MathML', tag);
  if (className !== '') made.setAttribute('class', className);
  made.append(...children);
  return made;
}

/** A variable of one or more letters, slanted as print does it. */
export const variable = (name: string): Term => node('mi', [name], 'variable');

/** A function's name, upright: `softmax`, `sin`. */
export const named = (name: string): Term => node('mi', [name], 'named');

export const number = (value: string): Term => node('mn', [value]);

export const operator = (sign: string): Term => node('mo', [sign]);

/** Words in a formula, in the reader's language. */
export const words = (text: string): Term => node('mtext', [text]);

export const row = (...terms: readonly Term[]): Term => node('mrow', terms);

export const fraction = (above: Term, below: Term): Term => node('mfrac', [above, below]);

export const root = (...inside: readonly Term[]): Term => node('msqrt', inside);

export const sub = (base: Term, below: Term): Term => node('msub', [base, below]);

export const sup = (base: Term, above: Term): Term => node('msup', [base, above]);

export const subsup = (base: Term, below: Term, above: Term): Term =>
  node('msubsup', [base, below, above]);

/** A bracket that does not grow: without a mathematical font growing ones are drawn badly. */
function bracket(sign: string): Term {
  const made = operator(sign);
  made.setAttribute('stretchy', 'false');
  return made;
}

/** `(a)`. */
export const paren = (...inside: readonly Term[]): Term =>
  row(bracket('('), ...inside, bracket(')'));

/** `f(a + b)`; that a function is applied is told to screen readers by an invisible sign. */
export const apply = (of: Term, ...inside: readonly Term[]): Term =>
  row(of, operator('\u2061'), paren(...inside));

/** `f(a, b)`. */
export const applyTo = (of: Term, ...values: readonly Term[]): Term =>
  apply(of, ...values.flatMap((value, index) => (index === 0 ? [value] : [operator(','), value])));

/** `‖a‖`. */
export const norm = (...inside: readonly Term[]): Term =>
  row(bracket('‖'), ...inside, bracket('‖'));

/** Σ over what stands below it. */
export const sum = (below: Term, ...summed: readonly Term[]): Term =>
  row(node('munder', [operator('∑'), below]), ...summed);

const table = (rows: readonly (readonly Term[])[], className: string): Term =>
  node(
    'mtable',
    rows.map((cells) =>
      node(
        'mtr',
        cells.map((cell) => node('mtd', [cell])),
      ),
    ),
    className,
  );

/** Numbers in rows and columns; its brackets are drawn by the style sheet, at any height. */
export const matrix = (...rows: readonly (readonly Term[])[]): Term => table(rows, 'matrix');

/** One below the other, after a bar that stands for the brace: value and condition. */
export const cases = (...rows: readonly (readonly Term[])[]): Term => table(rows, 'cases');

/** Several equations, set below each other so that their signs stand in one column. */
export const equations = (...lines: readonly (readonly [left: Term, right: Term])[]): Term =>
  table(
    lines.map(([left, right]) => [left, row(operator('='), right)]),
    'equations',
  );

export const equation = (left: Term, ...right: readonly Term[]): Term =>
  row(left, operator('='), ...right);

/** The whole, with its reading for those who do not see it. */
export function math(reading: string, ...terms: readonly Term[]): Term {
  const made = node('math', terms);
  made.setAttribute('alttext', reading);
  made.setAttribute('aria-label', reading);
  return made;
}
