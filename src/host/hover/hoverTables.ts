/** The tables of a hover. Cells hold text of strangers: see `inertText`. */
import type { Translate } from '../../language/translate';
import { marked } from '../../navigation/approximate';
import { candidateName, visibleLabel } from '../../navigation/labels';
import { fourDecimals, shortName } from '../../navigation/names';
import type { Unit } from '../../protocol/address';
import type { Candidate, Token } from '../../protocol/trace';
import type { ColourScale } from '../../palette/weightScale';
import { commandAddress } from './hoverCommands';
import type { HoverFacts, RowFacts } from './hoverFacts';
import { weightBar, type Picture } from './hoverPictures';
import { appendInert, isolated, shortened, type MarkdownSink } from './inertText';

/** Characters of a token in a cell: a table of these fits a hover of 400 pixels. */
const CELL_CHARACTERS = 20;

/** VS Code gives the cells of a hover no room between them. */
const GAP = '&ensp;';

type Cell = string | ((markdown: MarkdownSink) => void);

export const image = (alt: string, { url }: Picture): string => `![${alt}](${url})`;

/** A token as a reader sees it, and inert. */
export function appendToken(
  markdown: MarkdownSink,
  token: Pick<Token, 'label' | 'piece'>,
  most = CELL_CHARACTERS,
): void {
  appendInert(markdown, isolated(shortened(visibleLabel(token), most)));
}

const unitName = (unit: Unit, t: Translate): string => (unit === 'word' ? t('Word') : t('Token'));

/**
 * The strongest links: place, token, bar, weight, and what was really moved. A weight between tokens
 * leads to the numbers it is made of.
 */
export function appendLinks(
  markdown: MarkdownSink,
  facts: Pick<HoverFacts, 'trace' | 'index' | 'navigation'>,
  { links, maximum, approximate }: RowFacts,
  scale: ColourScale,
  t: Translate,
): void {
  const { unit } = facts.navigation;
  const explained = (position: number, weight: number): string => {
    const words = marked(fourDecimals(weight), approximate);
    const address = unit === 'token' ? explaining(facts, position) : null;
    return address === null ? words : `[${words}](${address} "${t('Why this weight?')}")`;
  };
  const bar = (weight: number): string =>
    image(
      t('{weight} of {maximum}', {
        weight: marked(fourDecimals(weight), approximate),
        maximum: fourDecimals(maximum),
      }),
      weightBar(weight, maximum, scale),
    );
  appendTable(
    markdown,
    ['-:', ':-', ':-', '-:', '-:'],
    ['', unitName(unit, t), '', t('Weight'), t('Moved ‖α·v·W_O‖')],
    links.map(({ position, token, weight, norm }) => [
      String(position),
      (cell) => appendToken(cell, token),
      bar(weight),
      explained(position, weight),
      marked(fourDecimals(norm), approximate),
    ]),
  );
}

/** The address that takes a link's weight apart. */
function explaining(
  { trace, index, navigation }: Pick<HoverFacts, 'trace' | 'index' | 'navigation'>,
  other: number,
): string {
  const [query, key] = navigation.direction === 'looksAt' ? [index, other] : [other, index];
  return commandAddress('headlight.explainWeight', [trace, query, key]);
}

/** The heads that look most sharply, each a link that shows it. */
export function appendFocus(
  markdown: MarkdownSink,
  { trace, side, group, focus, navigation }: HoverFacts,
  t: Translate,
): void {
  appendTable(
    markdown,
    [':-', ':-', '-:', '-:'],
    [t('Sharpest heads'), unitName(navigation.unit, t), t('Weight'), t('Entropy (bits)')],
    focus.map(({ address, key, weight, entropy }) => {
      const { stack, layer, head } = address;
      const target = commandAddress('headlight.showHead', [
        trace,
        stack,
        layer,
        head,
        side,
        group.first,
      ]);
      return [
        `[${shortName(address, t)}](${target} "${t('Show this head in the panel')}")`,
        (cell) => appendToken(cell, key),
        fourDecimals(weight),
        fourDecimals(entropy),
      ];
    }),
  );
}

/** What was, or might be, at some place, the likeliest first; what is really there in bold. */
export function appendCandidates(
  markdown: MarkdownSink,
  candidates: readonly Candidate[],
  /** Id of the token that is there. */
  there: number | null,
  scale: ColourScale,
  t: Translate,
): void {
  appendTable(
    markdown,
    [':-', ':-', '-:'],
    [t('Candidate'), '', t('Probability')],
    candidates.map((candidate) => {
      const { id, label, probability } = candidate;
      const [before, after] = id === there ? ['**', '**'] : ['', ''];
      return [
        (cell) => {
          cell.appendMarkdown(before);
          appendToken(cell, { label: candidateName(candidate), piece: label });
          cell.appendMarkdown(after);
        },
        image(
          t('{weight} of {maximum}', { weight: fourDecimals(probability), maximum: '1' }),
          weightBar(probability, 1, scale),
        ),
        `${before}${fourDecimals(probability)}${after}`,
      ];
    }),
  );
}

function appendTable(
  markdown: MarkdownSink,
  alignment: readonly string[],
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): void {
  markdown.appendMarkdown(`\n\n| ${heads.join(` ${GAP}| `)} |\n| ${alignment.join(' | ')} |\n`);
  for (const row of rows) {
    row.forEach((cell, i) => {
      markdown.appendMarkdown(i === 0 ? '| ' : ` ${GAP}| `);
      if (typeof cell === 'string') markdown.appendMarkdown(cell);
      else cell(markdown);
    });
    markdown.appendMarkdown(' |\n');
  }
  markdown.appendMarkdown('\n');
}
