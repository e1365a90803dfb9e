/** Facts about a token as the Markdown of a hover. */
import { describeFailure, type Translate } from '../../language/translate';
import { visibleLabel, visiblePiece } from '../../navigation/labels';
import { shortName } from '../../navigation/names';
import type { ColourScale } from '../../palette/weightScale';
import { commandAddress } from './hoverCommands';
import type { HoverColours } from './hoverColours';
import type { HoverFacts } from './hoverFacts';
import { positionStrip } from './hoverPictures';
import { appendCandidates, appendFocus, appendLinks, appendToken, image } from './hoverTables';
import { appendInert, appendSentence, isolated, shortened, type MarkdownSink } from './inertText';

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
  const { row, missing, encoding, written, focus } = facts;
  const scale = colours[facts.navigation.direction];
  appendTitle(markdown, facts, t);
  if (row !== null && row.links.length > 0) appendLinks(markdown, row, scale, t);
  for (const sentence of [hiddenShare(facts, t), missing && describeFailure(missing, t)])
    if (sentence !== null) {
      markdown.appendMarkdown('\n\n');
      appendSentence(markdown, sentence);
    }
  if (focus.length > 0) appendFocus(markdown, facts, t);
  if (written !== null) {
    const token = isolated(shortened(visibleLabel(written.there.token), TITLE_CHARACTERS));
    const title = t('Candidates for “{token}”, written at position {position}', {
      token,
      position: written.position,
    });
    markdown.appendMarkdown('\n\n');
    appendSentence(markdown, title);
    appendCandidates(markdown, written, scale, t);
  }
  if (encoding !== null) appendEncoding(markdown, facts.index, encoding, colours.signed, t);
}

/** Who the token is, which head is asked and which way, and the way to the panel. */
function appendTitle(markdown: MarkdownSink, facts: HoverFacts, t: Translate): void {
  const { token, index, last, navigation, next, trace, side } = facts;
  if (facts.stale) {
    const again = commandAddress('headlight.inspectAgain', [trace]);
    markdown.appendMarkdown(
      `${t('The text was changed since it was inspected.')} [${t('Inspect again')}](${again})\n\n`,
    );
  }
  const panel = commandAddress('headlight.revealToken', [trace, side, index]);
  markdown.appendMarkdown('**');
  appendToken(markdown, token, TITLE_CHARACTERS);
  markdown.appendMarkdown('** &ensp;');
  appendInert(markdown, isolated(shortened(visiblePiece(token), TITLE_CHARACTERS)));
  const place = t('id {id}, position {index} of 0–{last}', { id: token.id, index, last });
  markdown.appendMarkdown(` &ensp;${place} &ensp;[${t('Show in panel')}](${panel})${LINE_BREAK}`);
  markdown.appendMarkdown(`**${shortName(navigation, t)}** `);
  const looks = navigation.direction === 'looksAt' ? t('looks at') : t('is looked at by');
  markdown.appendMarkdown(looks);
  if (next !== null) {
    const written = isolated(shortened(visibleLabel(next), TITLE_CHARACTERS));
    markdown.appendMarkdown(' ');
    appendSentence(markdown, t('while the model writes “{next}”', { next: written }));
  }
}

function hiddenShare({ row }: HoverFacts, t: Translate): string | null {
  if (row === null || row.hidden === null) return null;
  return t(
    'Special tokens are hidden; weights are renormalised over the shown tokens. Hidden share: {share}.',
    { share: row.hidden.toFixed(2) },
  );
}

/** The positional encoding as a strip, with what its colours and columns stand for. */
function appendEncoding(
  markdown: MarkdownSink,
  position: number,
  encoding: Float32Array,
  scale: ColourScale,
  t: Translate,
): void {
  const strip = positionStrip(encoding, scale);
  const args = { dimensions: encoding.length, count: strip.together };
  const words =
    strip.together === 1
      ? t('Positional encoding: {dimensions} dim., −1 purple to 1 green', args)
      : t(
          'Positional encoding: {dimensions} dim., each column the mean of {count}, −1 purple to 1 green',
          args,
        );
  const alt = t('Positional encoding of position {position}', { position });
  markdown.appendMarkdown(`\n\n${words}${LINE_BREAK}${image(alt, strip)}\n`);
}
