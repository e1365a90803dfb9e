/** How the labels of a token classifier are told apart. Pure. */
import type { Mark } from '../parts/mark';

/** Colours of the theme's charts, far from each other first. */
const COLOURS = [
  'var(--vscode-charts-blue)',
  'var(--orange)',
  ...['green', 'purple', 'red', 'yellow'].map((name) => `var(--vscode-charts-${name})`),
];
const LINES: readonly Mark['line'][] = ['solid', 'dashed', 'double'];

/** The colour of what is wrong or replaced. */
export const ALARM_MARK: Mark = { colour: 'var(--vscode-charts-red)', line: 'solid' };
export const ANSWER_MARK: Mark = { colour: 'var(--vscode-charts-green)', line: 'solid' };

/** Beginning, inside, end, … of one kind of thing: `B-PER`, `I-PER` are one kind. */
const PLACE = /^[BIESLUM][-_](?=.)/;

/** The label of tokens that belong to nothing. */
const OUTSIDE = 'O';

/** What a label says the token is part of; null: of nothing. */
export const kindOf = (label: string): string | null =>
  label === OUTSIDE ? null : label.replace(PLACE, '');

/** The kinds among the labels, in the order of their numbers. */
export const kindsOf = (labels: readonly string[]): readonly string[] => [
  ...new Set(labels.flatMap((label) => kindOf(label) ?? [])),
];

/** The mark of the kind with this number. Beyond three times six kinds they repeat: the name tells. */
export const markOf = (kind: number): Mark => ({
  colour: COLOURS[kind % COLOURS.length]!,
  line: LINES[Math.floor(kind / COLOURS.length) % LINES.length]!,
});

/** The mark of a label; null: it says that the token belongs to nothing. */
export function markOfLabel(label: string, kinds: readonly string[]): Mark | null {
  const kind = kindOf(label);
  return kind === null ? null : markOf(Math.max(0, kinds.indexOf(kind)));
}

/** The name of a label by its number; a configuration may name none. */
export const labelName = (labels: readonly string[], number: number): string =>
  labels[number] ?? `LABEL_${number}`;
