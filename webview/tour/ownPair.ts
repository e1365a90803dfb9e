/** Two sentences of the reader's own, with the word and the nouns to follow. */
import type { Translate } from '../../src/language/translate';
import { MAX_TEXT_CHARACTERS } from '../../src/protocol/limits';
import { MAX_WORD_CHARACTERS, type TourPair } from '../../src/protocol/studies/tour';
import { pairOf, tourStops } from '../../src/protocol/studies/tourSentences';
import { element, setText, show } from '../parts/element';
import { sentenceDifference } from './sentenceDifference';
import type { ShownPair } from './tourWords';

const NAMES = [
  'first',
  'second',
  'control',
  'word',
  'one',
  'other',
  'masculine',
  'feminine',
] as const;
type Name = (typeof NAMES)[number];

export class OwnPair {
  readonly root: HTMLElement;
  private readonly fields = new Map<Name, HTMLInputElement>();
  private readonly missing = element('p', { class: 'tour-missing', attributes: { role: 'alert' } });

  constructor(t: Translate, chosen: (pair: ShownPair) => void) {
    // Something that works, to be changed.
    const { sentences, control, word, nouns, pronouns } = pairOf(tourStops[0]!);
    this.root = element(
      'form',
      {
        class: 'tour-own',
        attributes: { 'aria-label': t('Your own pair') },
        on: {
          submit: (event) => {
            event.preventDefault();
            const pair = this.read();
            show(this.missing, pair === null);
            if (pair !== null) chosen(pair);
          },
        },
      },
      this.field('first', t('First sentence'), sentences[0]),
      this.field('second', t('Second sentence'), sentences[1]),
      this.field(
        'control',
        t('Control: means the first noun again (may be left empty)'),
        control ?? '',
      ),
      element(
        'div',
        { class: 'tour-own-row' },
        this.field('word', t('Word'), word),
        this.field('one', t('First noun'), nouns[0]),
        this.field('other', t('Second noun'), nouns[1]),
        this.field('masculine', t('Pronoun of the first'), pronouns[0]),
        this.field('feminine', t('Pronoun of the second'), pronouns[1]),
      ),
      element('button', { class: 'small', attributes: { type: 'submit' } }, t('Search')),
      this.missing,
    );
    setText(
      this.missing,
      t('Both sentences, the word, the two nouns and the two pronouns are needed.'),
    );
    show(this.missing, false);
  }

  private field(name: Name, label: string, value: string): HTMLElement {
    const isSentence = name === 'first' || name === 'second' || name === 'control';
    const maxlength = isSentence ? MAX_TEXT_CHARACTERS : MAX_WORD_CHARACTERS;
    const attributes = { type: 'text', value, maxlength, spellcheck: 'false' };
    const input = element('input', { attributes });
    this.fields.set(name, input);
    return element('label', { class: 'tour-field' }, element('span', {}, label), input);
  }

  /** Null: something is missing. */
  private read(): ShownPair | null {
    const of = (name: Name): string => this.fields.get(name)!.value.trim();
    if (NAMES.some((name) => name !== 'control' && of(name) === '')) return null;
    const pair: TourPair = {
      sentences: [of('first'), of('second')],
      control: of('control') || null,
      word: of('word'),
      nouns: [of('one'), of('other')],
      pronouns: [of('masculine'), of('feminine')],
    };
    const words = sentenceDifference(pair.sentences);
    return { pair, words };
  }
}
