/** Views of their own that belong to a box and stand below the drawing while it is open: made when first opened. */
import type { Translate } from '../../src/language/translate';
import type { Commands } from '../inspector/view';
import { element, show } from '../parts/element';
import type { MapBox } from './boxes';
import { FeedForwardPart } from './feedForwardPart';
import type { MapSight, PathToken } from './mapSight';
import { NormalizationPart } from './normalizationPart';
import { TiedEmbeddingsPart } from './tiedEmbeddingsPart';

type Name = 'feedForward' | 'normalization' | 'tied';

/** Which of them a box has. */
function partOfBox({ kind }: MapBox, { model }: MapSight): Name | null {
  switch (kind) {
    case 'feedForward':
      return 'feedForward';
    case 'norm':
    case 'addNorm':
    case 'finalNorm':
      return 'normalization';
    case 'tokens':
    case 'linear':
      // Labels and spans have no table to share.
      return model.tied === null ? null : 'tied';
    default:
      return null;
  }
}

export class OpenedParts {
  readonly root = element('div', { class: 'map-opened' });
  private feedForward: FeedForwardPart | null = null;
  private normalization: NormalizationPart | null = null;
  private tied: TiedEmbeddingsPart | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {}

  update(box: MapBox, sight: MapSight): void {
    const { token } = sight;
    const name = token !== null && token.read ? partOfBox(box, sight) : null;
    // Network and norm are those of the stack that the token goes through.
    const has = name === 'tied' || token?.half === box.half;
    const root =
      name !== null && token !== null && has ? this.shown(name, box, sight, token) : null;
    show(this.root, root !== null);
    if (root !== null && this.root.firstChild !== root) this.root.replaceChildren(root);
  }

  private shown(name: Name, box: MapBox, { view, layer }: MapSight, token: PathToken): HTMLElement {
    const { t, commands } = this;
    const { half, subLayer } = box;
    const place = { half, layer: layer[half], token: token.index };
    switch (name) {
      case 'feedForward': {
        this.feedForward ??= new FeedForwardPart(t, commands);
        this.feedForward.update(view, place);
        return this.feedForward.root;
      }
      case 'normalization': {
        this.normalization ??= new NormalizationPart(t, commands);
        this.normalization.update(view, { ...place, which: subLayer ?? 'final' });
        return this.normalization.root;
      }
      case 'tied': {
        this.tied ??= new TiedEmbeddingsPart(t, commands);
        this.tied.update(view, { side: token.side, token: token.index });
        return this.tied.root;
      }
    }
  }
}
