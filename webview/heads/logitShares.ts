/** A token's logit as the sum of what every part of the stack adds: totals, a map of heads, all heads. */
import type { Translate } from '../../src/language/translate';
import { candidateName } from '../../src/navigation/labels';
import { fourDecimals, shortName } from '../../src/navigation/names';
import { writtenAt } from '../../src/navigation/traceState';
import type { Stack } from '../../src/protocol/address';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf, type WireTensor } from '../../src/protocol/wireTensor';
import type { Commands, View } from '../inspector/view';
import { card } from '../parts/card';
import { element, setText, show } from '../parts/element';
import { formula } from '../learn/formula/formulas';
import { largestAmount } from '../positions/valueRange';
import type { HeadsSight } from './headsSight';
import { ShareMap } from './shareMap';
import { SortableTable, type SortableRow } from '../parts/sortableTable';
import { headerCell, signedCell, tinyNumber } from '../parts/tableCells';
import { TokenChoice } from './tokenChoice';

type Shares = NonNullable<Answer<'directShares'>['shares']>;

interface HeadShare {
  readonly stack: Stack;
  readonly layer: number;
  readonly head: number;
  readonly share: number;
}

const sumOf = (numbers: Float32Array): number => numbers.reduce((sum, one) => sum + one, 0);

export class LogitShares {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly normed = element('p', { class: 'hint' });
  private readonly check = element('p', { class: 'hint checked' });
  private readonly choice: TokenChoice;
  private readonly totals: SortableTable;
  private readonly heads: SortableTable;
  private readonly selfMap: ShareMap;
  private readonly crossMap: ShareMap;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
    choose: (id: number) => void,
  ) {
    this.choice = new TokenChoice(t, choose);
    this.totals = new SortableTable(t('What each part adds to the logit'), 0, false);
    this.heads = new SortableTable(t('What each head adds to the logit'), 1, true);
    const go = (stack: Stack, layer: number, head: number): void =>
      commands.navigate({ stack, layer, head });
    this.selfMap = new ShareMap('self-shares-readout', t, go);
    this.crossMap = new ShareMap('cross-shares-readout', t, go);
    this.root = card(
      t('Along the predicted token'),
      'wide',
      this.words,
      formula('logitDirection', t),
      this.choice.root,
      element('div', { class: 'wide-table' }, this.totals.root),
      this.check,
      this.normed,
      element('div', { class: 'share-maps' }, this.selfMap.root, this.crossMap.root),
      element(
        'details',
        { class: 'twin' },
        element('summary', {}, t('All heads as a table')),
        element(
          'div',
          {
            class: 'twin-room',
            attributes: { role: 'region', tabindex: 0, 'aria-label': t('All heads as a table') },
          },
          this.heads.root,
        ),
      ),
    );
  }

  update(view: View, sight: HeadsSight, shares: Shares, key: string): void {
    const { t } = this;
    const { candidates, actual, predicted, logit, difference } = shares;
    const name = candidateName(predicted);
    setText(
      this.words,
      t(
        'The logit of “{candidate}” at “{token}” is a sum: what each part of the stack adds along that token’s output column. Layers above read what a head writes and change the stream further; this is its direct share.',
        { candidate: name, token: sight.label },
      ),
    );
    const post = view.snapshot.plan?.model.normPlacement === 'post';
    setText(
      this.normed,
      post
        ? t(
            'This model normalises the stream after every sub-layer: each norm on the way counts as the linear map it is at this token, divided by its spread there.',
          )
        : t(
            'The norm on the way out counts as the linear map it is at this token, divided by its spread there.',
          ),
    );
    const isWritten = writtenAt(view.snapshot, sight.token + 1) !== null;
    const there = isWritten ? t('written') : t('in the text');
    this.choice.update(candidates, actual && { ...actual, mark: there }, predicted);
    setText(
      this.check,
      t('Checked: the parts added up differ from the logit {logit} by {difference}.', {
        logit: fourDecimals(logit),
        difference: tinyNumber(difference),
      }),
    );
    const themed = `${key}/${view.theme.kind}`;
    this.totals.update(themed, () => this.totalsOf(view, shares));
    const { head, layer, stack } = view.navigation;
    this.heads.update(`${themed}/${stack}/${layer}/${head}`, () => ({
      columns: [
        { name: t('Head'), kind: 'header', first: 'smallest' },
        {
          name: t('to “{token}”', { token: name }),
          kind: 'bar',
          title: t('What it adds to the logit of that token by itself: its direct share'),
          first: 'largest',
        },
      ],
      rows: this.rows(view, shares),
    }));
    const most = this.most(shares);
    const chosenIn = (which: Stack): { layer: number; head: number } | null =>
      stack === which && layer !== 'mean' && typeof head === 'number' ? { layer, head } : null;
    this.selfMap.update(sight.half, shares.self, most, chosenIn(sight.half), view.theme, key);
    show(this.crossMap.root, shares.cross !== null);
    if (shares.cross)
      this.crossMap.update('cross', shares.cross, most, chosenIn('cross'), view.theme, key);
  }

  private most({ self, cross }: Shares): number {
    return Math.max(largestAmount(numbersOf(self)), cross ? largestAmount(numbersOf(cross)) : 0);
  }

  private totalsOf({ theme }: View, shares: Shares) {
    const { t } = this;
    const { self, cross, feedForward, embedding, attentionBiases, constant, logit } = shares;
    const parts: (readonly [string, number])[] = [
      [t('Embedding and position'), embedding],
      [t('All heads of self-attention'), sumOf(numbersOf(self))],
      ...(cross ? [[t('All heads of cross-attention'), sumOf(numbersOf(cross))] as const] : []),
      [t('Biases b_O'), attentionBiases],
      [t('All feed-forward networks'), sumOf(numbersOf(feedForward))],
      [t('Biases of norms and output'), constant],
    ];
    const most = Math.max(...parts.map(([, value]) => Math.abs(value)), Math.abs(logit));
    return {
      columns: [
        { name: t('Part'), kind: 'header' as const, first: 'smallest' as const },
        { name: t('Adds'), kind: 'bar' as const, first: 'largest' as const },
      ],
      rows: parts.map(([name, value], place) => ({
        values: [place, value],
        cells: [headerCell(name), signedCell(value, most, theme.signed)],
      })),
      foot: [[headerCell(t('Logit')), signedCell(logit, most, theme.signed)]],
    };
  }

  private rows({ theme, navigation }: View, shares: Shares): SortableRow[] {
    const { t, commands } = this;
    const most = this.most(shares);
    return headsIn(shares, navigation.stack).map(({ stack, layer, head, share }, place) => ({
      values: [place, share],
      cells: [
        headerCell(shortName({ stack, layer, head }, t), () =>
          commands.navigate({ stack, layer, head }),
        ),
        signedCell(share, most, theme.signed),
      ],
      chosen: stack === navigation.stack && layer === navigation.layer && head === navigation.head,
    }));
  }
}

/** Every head with its share; self-attention first. */
function headsIn({ self, cross }: Shares, stack: Stack): HeadShare[] {
  const own = stack === 'cross' ? 'decoder' : stack;
  const of = (which: Stack, tensor: WireTensor): HeadShare[] => {
    const [, heads = 1] = tensor.shape;
    return Array.from(numbersOf(tensor), (share, i) => ({
      stack: which,
      layer: Math.floor(i / heads),
      head: i % heads,
      share,
    }));
  };
  return [...of(own, self), ...(cross ? of('cross', cross) : [])];
}
