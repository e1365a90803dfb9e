/** Facts about an output token as the Markdown of a hover. */
import { describeFailure, type Translate } from '../../language/translate';
import { approximateWords } from '../../navigation/approximate';
import { visibleLabel, visiblePiece } from '../../navigation/labels';
import { fourDecimals, shortName } from '../../navigation/names';
import { commandAddress } from '../hover/hoverCommands';
import type { HoverColours } from '../hover/hoverColours';
import { appendCandidates, appendLinks, appendToken } from '../hover/hoverTables';
import {
  appendInert,
  appendParagraph,
  appendSentence,
  isolated,
  shortened,
  type MarkdownSink,
} from '../hover/inertText';
import type { OutputFacts } from './outputFacts';

/** Characters of the token itself, and of one in a sentence. */
const TITLE_CHARACTERS = 40;

/** The token, what the model looked at when it wrote it, and what else it might have written. */
export function writeOutputHover(
  markdown: MarkdownSink,
  facts: OutputFacts,
  colours: HoverColours,
  t: Translate,
): void {
  const { row, missing, written, navigation } = facts;
  appendTitle(markdown, facts, t);
  appendParagraph(markdown, stepWords(facts, t));
  markdown.appendMarkdown(
    `\n\n**${shortName(navigation, t)}** ${navigation.stack === 'decoder' ? t('looks back at') : t('looks at')}`,
  );
  if (row?.approximate === true) markdown.appendMarkdown(` &ensp;*${approximateWords(t)}*`);
  if (row !== null && row.links.length > 0) appendLinks(markdown, facts, row, colours.looksAt, t);
  if (missing !== null) appendParagraph(markdown, describeFailure(missing, t));
  appendParagraph(markdown, probabilityWords(facts, t));
  appendCandidates(markdown, written.candidates, written.token.id, colours.looksAt, t);
}

function appendTitle(
  markdown: MarkdownSink,
  { written: { token }, trace, side, index, stale }: OutputFacts,
  t: Translate,
): void {
  if (stale) {
    const again = commandAddress('headlight.inspectAgain', [trace]);
    markdown.appendMarkdown(
      `${t('The text was changed since it was inspected.')} [${t('Inspect again')}](${again})\n\n`,
    );
  }
  const panel = commandAddress('headlight.revealToken', [trace, side, index]);
  markdown.appendMarkdown('**');
  appendToken(markdown, token, TITLE_CHARACTERS);
  markdown.appendMarkdown('**');
  const piece = visiblePiece(token);
  if (piece !== visibleLabel(token)) {
    markdown.appendMarkdown(' &ensp;');
    appendInert(markdown, isolated(shortened(piece, TITLE_CHARACTERS)));
  }
  markdown.appendMarkdown(' &ensp;');
  appendSentence(markdown, t('id {id}', { id: token.id }));
  markdown.appendMarkdown(` &ensp;[${t('Show in panel')}](${panel})`);
}

/** Whose weights these are: not those of the token under the pointer, which was read a step later. */
function stepWords({ step, steps, query, written }: OutputFacts, t: Translate): string {
  const args = {
    step: step + 1,
    steps,
    query: isolated(shortened(visibleLabel(query), TITLE_CHARACTERS)),
  };
  return written.given
    ? t('Given in step {step} of {steps}, when the model had read up to “{query}”:', args)
    : t('Written in step {step} of {steps}, when the model had read up to “{query}”:', args);
}

function probabilityWords({ written }: OutputFacts, t: Translate): string {
  const { probability, rank, searched } = written;
  const words = t('Probability {probability}, rank {rank}', {
    probability: fourDecimals(probability),
    rank: rank + 1,
  });
  if (searched === null) return words;
  return t('{words}; after rules and cuts {searched}', {
    words,
    searched: fourDecimals(searched.probability),
  });
}
