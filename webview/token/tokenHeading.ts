/** Whose row the table is: “it · E2·H5 · looks at”. */
import type { Translate } from '../../src/language/translate';
import { shortName } from '../../src/navigation/names';
import type { RowAddress } from '../../src/protocol/address';
import type { TokenTable } from '../../src/protocol/tokenViewMessages';
import { element, setAttribute, setText } from '../parts/element';

/** A cursor that runs through a text is not read out at every word. */
const REST_MS = 400;

/** A decoder's token sees nothing that comes after it. */
function directionWords({ stack, direction }: RowAddress, t: Translate): string {
  if (stack === 'decoder')
    return direction === 'looksAt' ? t('looks back at') : t('is looked back at by');
  return direction === 'looksAt' ? t('looks at') : t('is looked at by');
}

export class TokenHeading {
  readonly root: HTMLElement;
  /** Says the heading when the reader rests. */
  readonly status = element('div', {
    class: 'hidden-visually',
    attributes: { role: 'status', 'aria-live': 'polite' },
  });
  // An element of its own direction: a Hebrew token must not reorder what stands beside it.
  private readonly token = element('bdi', { class: 'heading-token' });
  private readonly view = element('span', { class: 'short-name' });
  private readonly direction = element('span', { class: 'direction' });
  private resting: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly t: Translate) {
    this.root = element(
      'h1',
      { class: 'heading' },
      this.token,
      element('span', {}, ' · ', this.view, ' · ', this.direction),
    );
  }

  get text(): string {
    return this.root.textContent;
  }

  update(table: TokenTable): void {
    const { address, label } = table;
    const before = this.text;
    setText(this.token, label);
    setText(this.view, shortName(address, this.t));
    setText(this.direction, directionWords(address, this.t));
    setAttribute(this.root, 'data-direction', address.direction);
    setAttribute(this.root, 'title', this.text);
    if (this.text !== before) this.announce();
  }

  /** What was about to be said is not on screen any more. */
  stop(): void {
    if (this.resting !== null) clearTimeout(this.resting);
    this.resting = null;
  }

  private announce(): void {
    this.stop();
    this.resting = setTimeout(() => setText(this.status, this.text), REST_MS);
  }
}
