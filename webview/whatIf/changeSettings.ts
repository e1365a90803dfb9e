/** Where a change applies, and to what: the settings of the one that is chosen. */
import type { Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { layerName } from '../../src/navigation/names';
import { layerCount, readCount, tokensOf } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
import type { Change, HeadScope } from '../../src/protocol/change';
import type { HeadAddress } from '../../src/protocol/headProfile';
import type { Commands } from '../inspector/view';
import { element, show } from '../parts/element';
import { scopeName, sideName, sideOfScope, subLayerName } from './changeWords';
import { scaledSides, sidesOf, type Situation } from './choices';
import { Dropdown, type Option } from './dropdown';
import { MutedHeads } from './mutedHeads';

/** Beyond this no text of a trained model goes; a typing error must not ask for a million. */
const MOST_PLACES = 4096;

type Cut = Omit<Extract<Change, { kind: 'residualCut' }>, 'kind'>;

export class ChangeSettings {
  readonly root: HTMLElement;
  private readonly scope: Dropdown<HeadScope>;
  private readonly side: Dropdown<Side>;
  private readonly first: Dropdown<number>;
  private readonly second: Dropdown<number>;
  private readonly asks: Dropdown<number>;
  private readonly lends: Dropdown<number>;
  private readonly residual: Dropdown<Cut>;
  private readonly by: HTMLInputElement;
  private readonly shift: HTMLElement;
  private readonly muted: MutedHeads;
  private readonly solo: Dropdown<HeadAddress>;
  private change: Change | null = null;
  private situation: Situation | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.scope = new Dropdown(t('Where'), (scope) => this.merge({ scope }));
    this.side = new Dropdown(t('Whose'), (side) => this.merge({ side, ...this.tokensOn(side) }));
    this.first = new Dropdown(t('This token'), (first) => this.merge({ first }));
    this.second = new Dropdown(t('and this one'), (second) => this.merge({ second }));
    this.asks = new Dropdown(t('This token'), (token) => this.merge({ token }));
    this.lends = new Dropdown(t('asks with the query of'), (from) => this.merge({ from }));
    this.residual = new Dropdown(t('Around'), (cut) => this.merge(cut));
    this.solo = new Dropdown(t('Head'), (head) => this.merge({ head }));
    this.by = element('input', {
      attributes: { type: 'number', min: 1, max: MOST_PLACES, step: 1 },
      on: {
        change: () => {
          const by = Math.round(this.by.valueAsNumber);
          if (by >= 1 && by <= MOST_PLACES) this.merge({ by });
        },
      },
    });
    this.shift = element('label', { class: 'setting' }, element('span', {}, t('Places')), this.by);
    this.muted = new MutedHeads(t, (heads) => this.merge({ heads: [...heads] }));
    this.root = element(
      'div',
      { class: 'change-settings' },
      this.scope.root,
      this.side.root,
      this.shift,
      this.first.root,
      this.second.root,
      this.asks.root,
      this.lends.root,
      this.residual.root,
      this.solo.root,
      this.muted.root,
    );
  }

  update(situation: Situation, change: Change): void {
    this.change = change;
    this.situation = situation;
    const { plan, place } = situation;
    for (const list of [
      this.scope,
      this.side,
      this.first,
      this.second,
      this.asks,
      this.lends,
      this.residual,
      this.solo,
    ])
      list.hide();
    show(this.shift, change.kind === 'positionsShifted');
    show(this.muted.root, change.kind === 'muted');
    if ('scope' in change) this.scope.update(scopes(situation, change.scope, this.t), change.scope);
    if ('side' in change) {
      const sides = change.kind === 'embeddingUnscaled' ? scaledSides(situation) : sidesOf(plan);
      this.side.update(
        sides.map((side) => ({ value: side, words: sideName(side, this.t) })),
        change.side,
      );
    }
    switch (change.kind) {
      case 'positionsShifted':
        if (document.activeElement !== this.by) this.by.value = String(change.by);
        return;
      case 'positionsSwapped': {
        const tokens = tokenOptions(situation, change.side);
        this.first.update(tokens, change.first);
        this.second.update(tokens, change.second);
        return;
      }
      case 'otherQuery': {
        const tokens = tokenOptions(situation, sideOfScope(change.scope, situation.snapshot));
        this.asks.update(tokens, change.token);
        this.lends.update(tokens, change.from);
        return;
      }
      case 'residualCut': {
        const { kind: _, ...cut } = change;
        this.residual.update(residuals(situation, this.t), cut);
        return;
      }
      case 'soloed': {
        const here = { stack: place.stack, layer: place.layer, head: place.head };
        this.solo.update(
          distinct([change.head, here]).map((head) => ({
            value: head,
            words: scopeName(head, this.t),
          })),
          change.head,
        );
        return;
      }
      case 'muted':
        this.muted.update(situation, change.heads);
        return;
      default:
    }
  }

  /** Tokens of one side mean nothing on the other. */
  private tokensOn(side: Side): { first?: number; second?: number } {
    if (this.change?.kind !== 'positionsSwapped' || this.situation === null) return {};
    const read = readCount(this.situation.snapshot, side);
    const first = Math.max(0, Math.floor(read / 2) - 1);
    return { first, second: Math.min(read - 1, first + 1) };
  }

  private merge(part: Partial<Change>): void {
    if (this.change === null) return;
    this.commands.navigate({ whatIf: { ...this.change, ...part } as Change });
  }
}

function distinct<T>(values: readonly T[]): T[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}

/** This head, this layer, all layers; and what is chosen, which may be of another head. */
function scopes({ place }: Situation, chosen: HeadScope, t: Translate): Option<HeadScope>[] {
  const { stack, layer, head } = place;
  const all: HeadScope[] = [
    { stack, layer, head },
    { stack, layer, head: 'all' },
    { stack, layer: 'all', head: 'all' },
    { stack: chosen.stack, layer: chosen.layer, head: chosen.head },
  ];
  return distinct(all).map((scope) => ({ value: scope, words: scopeName(scope, t) }));
}

function tokenOptions({ snapshot }: Situation, side: Side): Option<number>[] {
  const tokens = tokensOf(snapshot, side);
  return Array.from({ length: readCount(snapshot, side) }, (_, index) => ({
    value: index,
    words: `${index} ${labelAt(tokens, index)}`,
  }));
}

function residuals({ plan }: Situation, t: Translate): Option<Cut>[] {
  const { architecture, layers } = plan.model;
  const both = architecture === 'encoderDecoder';
  const halves = both ? (['encoder', 'decoder'] as const) : ([architecture] as const);
  return halves.flatMap((stack) =>
    Array.from({ length: layerCount(plan, stack) || layers[stack] }, (_, layer) =>
      (['attention', 'cross', 'feedForward'] as const)
        .filter((subLayer) => subLayer !== 'cross' || (both && stack === 'decoder'))
        .map((subLayer) => ({
          value: { stack, layer, subLayer },
          words: `${layerName(stack, layer)} ${subLayerName(subLayer, t)}`,
        })),
    ).flat(),
  );
}
