/** What a model with a task says of a token, and what it expects there, as the Markdown of a hover. */
import type { Translate } from '../../language/translate';
import { visibleLabel } from '../../navigation/labels';
import { fourDecimals } from '../../navigation/names';
import type { ColourScale } from '../../palette/weightScale';
import type { ExpectedFact, HoverFacts } from './hoverFacts';
import { appendCandidates } from './hoverTables';
import { appendParagraph, isolated, shortened, type MarkdownSink } from './inertText';
import type { SaidFact } from './saidOfToken';

/** Characters of a token or a label's name in a sentence. */
const NAME_CHARACTERS = 40;

/** What the model says of the token itself: a label, how likely an answer begins or ends here. */
export function appendSaid(
  markdown: MarkdownSink,
  { said, group }: HoverFacts,
  t: Translate,
): void {
  for (const fact of said) {
    const words = saidWords(fact, t);
    appendParagraph(
      markdown,
      group.first === group.last
        ? words
        : t('Token {position}: {words}', { position: fact.position, words }),
    );
  }
}

function saidWords({ what, probability }: SaidFact, t: Translate): string {
  const number = fourDecimals(probability);
  switch (what.kind) {
    case 'label':
      return t('Label: {label}, probability {number}', {
        label: isolated(shortened(what.label, NAME_CHARACTERS)),
        number,
      });
    case 'start':
      return t('The answer begins here: probability {number}', { number });
    case 'end':
      return t('The answer ends here: probability {number}', { number });
    case 'replaced':
      return t('Replaced by the generator: probability {number}', { number });
  }
}

/** What the model expects after the token, or in a mask's place. */
export function appendExpected(
  markdown: MarkdownSink,
  { token }: HoverFacts,
  { kind, candidates, actual }: ExpectedFact,
  scale: ColourScale,
  t: Translate,
): void {
  const name = isolated(shortened(visibleLabel(token), NAME_CHARACTERS));
  appendParagraph(
    markdown,
    kind === 'next'
      ? t('What the model expects after “{token}”', { token: name })
      : t('What the model would put in place of “{token}”', { token: name }),
  );
  const missed =
    kind === 'next' && actual !== null && !candidates.some(({ id }) => id === actual.id);
  const listed = missed ? [...candidates, actual] : candidates;
  appendCandidates(markdown, listed, kind === 'next' ? (actual?.id ?? null) : null, scale, t);
}
