/** Facts about a token as the Markdown of a hover. */
import { describeFailure, type Translate } from '../../language/translate';
import { approximateWords } from '../../navigation/approximate';
import { visibleLabel, visiblePiece } from '../../navigation/labels';
import { largestOf, scaleEnd, shortName } from '../../navigation/names';
import type { ColourScale } from '../../palette/weightScale';
import type { Navigation } from '../../protocol/navigation';
import { commandAddress } from './hoverCommands';
import type { HoverColours } from './hoverColours';
import type { HoverFacts } from './hoverFacts';
import { positionStrip } from './hoverPictures';
import { appendExpected, appendSaid } from './hoverPredictions';
import { appendCandidates, appendFocus, appendLinks, appendToken, image } from './hoverTables';
import {
  appendInert,
  appendParagraph,
  appendSentence,
  isolated,
  shortened,
  type MarkdownSink,
} from './inertText';

/** Characters of the token itself, which stands on a line of its own. */
const TITLE_CHARACTERS = 40;

/** A new line of the same paragraph: a hover shows 250 pixels before it scrolls. */
const LINE_BREAK = '  \n';

/** Writes all there is to tell: what the reader looks for first, since a hover scrolls below it. */
export function writeHover(
  markdown: MarkdownSink,
  facts: HoverFacts,
  colours: HoverColours,
  t: Translate,
): void {
  const { row, missing, encoding, written, focus, expected } = facts;
  const scale = colours[facts.navigation.direction];
  appendTitle(markdown, facts, t);
  if (row !== null && row.links.length > 0) appendLinks(markdown, facts, row, scale, t);
  appendSaid(markdown, facts, t);
  for (const sentence of [
    stepsNamed(facts, t),
    hiddenShare(facts, t),
    missing && describeFailure(missing, t),
  ])
    if (sentence !== null) appendParagraph(markdown, sentence);
  if (focus.length > 0) appendFocus(markdown, facts, t);
  if (written !== null) {
    const token = isolated(shortened(visibleLabel(written.there.token), TITLE_CHARACTERS));
    const title = t('Candidates for “{token}”, written at position {position}', {
      token,
      position: written.position,
    });
    appendParagraph(markdown, title);
    const { candidates, token: there } = written.there;
    appendCandidates(markdown, candidates, there.id, scale, t);
  }
  if (expected !== null) appendExpected(markdown, facts, expected, scale, t);
  if (encoding !== null) appendEncoding(markdown, facts.group.first, encoding, colours.signed, t);
}

/** Who the token is, which head is asked and which way, and the way to the panel. */
function appendTitle(markdown: MarkdownSink, facts: HoverFacts, t: Translate): void {
  const { token, navigation, next, trace, side, group } = facts;
  if (facts.stale) {
    const again = commandAddress('headlight.inspectAgain', [trace]);
    markdown.appendMarkdown(
      `${t('The text was changed since it was inspected.')} [${t('Inspect again')}](${again})\n\n`,
    );
  }
  const panel = commandAddress('headlight.revealToken', [trace, side, group.first]);
  markdown.appendMarkdown('**');
  appendToken(markdown, token, TITLE_CHARACTERS);
  markdown.appendMarkdown('**');
  const piece = visiblePiece(token);
  if (piece !== visibleLabel(token)) {
    markdown.appendMarkdown(' &ensp;');
    appendInert(markdown, isolated(shortened(piece, TITLE_CHARACTERS)));
  }
  markdown.appendMarkdown(
    ` &ensp;${placeWords(facts, t)} &ensp;[${t('Show in panel')}](${panel})${LINE_BREAK}`,
  );
  markdown.appendMarkdown(`**${shortName(navigation, t)}** `);
  markdown.appendMarkdown(looks(navigation, t));
  if (facts.row?.approximate === true) markdown.appendMarkdown(` &ensp;*${approximateWords(t)}*`);
  if (next !== null) {
    const written = isolated(shortened(visibleLabel(next), TITLE_CHARACTERS));
    markdown.appendMarkdown(' ');
    appendSentence(markdown, t('while the model writes “{next}”', { next: written }));
  }
}

/** A decoder's own attention sees only what came before. */
function looks({ stack, direction }: Navigation, t: Translate): string {
  if (stack === 'decoder')
    return direction === 'looksAt' ? t('looks back at') : t('is looked back at by');
  return direction === 'looksAt' ? t('looks at') : t('is looked at by');
}

/** Of a word: which of the words, and which tokens it is made of. */
function placeWords({ token, navigation, index, last, group }: HoverFacts, t: Translate): string {
  if (navigation.unit === 'token')
    return t('id {id}, position {index} of 0–{last}', { id: token.id, index, last });
  const word = t('word {index} of 0–{last}', { index, last });
  const tokens =
    group.first === group.last
      ? t('token {position}', { position: group.first })
      : t('tokens {first}–{last}', { first: group.first, last: group.last });
  return `${word}, ${tokens}`;
}

/** Whoever looks back from the output is named by the token read; its document shows what was written then. */
function stepsNamed({ navigation, row }: HoverFacts, t: Translate): string | null {
  const { stack, direction } = navigation;
  if (row === null || stack !== 'cross' || direction !== 'lookedAt') return null;
  return t(
    'These are the tokens that had been read; the document of the output shows each weight on the token that was written then.',
  );
}

function hiddenShare({ row }: HoverFacts, t: Translate): string | null {
  if (row === null || row.hidden === null) return null;
  return t(
    'Special tokens are hidden; weights are renormalised over the shown tokens. Hidden share: {share}.',
    { share: row.hidden.toFixed(2) },
  );
}

/** Sines and cosines end there. */
const SINUSOIDAL_LIMIT = 1;

/** The positional encoding as a strip, with what its colours and columns stand for. */
function appendEncoding(
  markdown: MarkdownSink,
  position: number,
  { kind, values }: NonNullable<HoverFacts['encoding']>,
  scale: ColourScale,
  t: Translate,
): void {
  // A learned row has no end of its own: its largest number has the strongest colour.
  const limit = kind === 'sinusoidal' ? SINUSOIDAL_LIMIT : largestOf(values.map(Math.abs));
  const strip = positionStrip(values, limit, scale);
  const end = kind === 'sinusoidal' ? String(limit) : scaleEnd(limit);
  const args = { dimensions: values.length, count: strip.together, end };
  const words =
    strip.together === 1
      ? t('Positional encoding: {dimensions} dim., −{end} purple to {end} green', args)
      : t(
          'Positional encoding: {dimensions} dim., each column the mean of {count}, −{end} purple to {end} green',
          args,
        );
  const alt = t('Positional encoding of position {position}', { position });
  markdown.appendMarkdown(`\n\n${words}${LINE_BREAK}${image(alt, strip)}\n`);
}
