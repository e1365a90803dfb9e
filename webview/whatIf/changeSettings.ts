/** Where a change applies, and to what: the settings of the one that is chosen. */
import type { Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { layerCount, readCount, tokensOf } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
import type { Change, HeadScope } from '../../src/protocol/change';
import type { Commands } from '../inspector/view';
import { element, show } from '../parts/element';
import { layerName, scopeName, sideName, sideOfScope, subLayerName } from './changeWords';
import { scaledSides, sidesOf, type Situation } from './choices';
import { Dropdown, type Option } from './dropdown';
import { MutedHeads } from './mutedHeads';

/** Beyond this no text of a trained model goes; a typing error must not ask for a million. */
const MOST_PLACES = 4096;

type Kind<K extends Change['kind']> = Extract<Change, { kind: K }>;

export class ChangeSettings {
  readonly root: HTMLElement;
  private readonly scope: Dropdown;
  private readonly side: Dropdown;
  private readonly first: Dropdown;
  private readonly second: Dropdown;
  private readonly asks: Dropdown;
  private readonly lends: Dropdown;
  private readonly residual: Dropdown;
  private readonly by: HTMLInputElement;
  private readonly shift: HTMLElement;
  private readonly muted: MutedHeads;
  private readonly solo: Dropdown;
  private change: Change | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    const parsed =
      (merge: (value: never) => Partial<Change>) =>
      (text: string): void =>
        this.merge(merge(JSON.parse(text) as never));
    this.scope = new Dropdown(
      t('Where'),
      parsed((scope: HeadScope) => ({ scope })),
    );
    this.side = new Dropdown(
      t('Whose'),
      parsed((side: Side) => ({ side, ...this.tokensOn(side) })),
    );
    this.first = new Dropdown(
      t('This token'),
      parsed((first: number) => ({ first })),
    );
    this.second = new Dropdown(
      t('and this one'),
      parsed((second: number) => ({ second })),
    );
    this.asks = new Dropdown(
      t('This token'),
      parsed((token: number) => ({ token })),
    );
    this.lends = new Dropdown(
      t('asks with the query of'),
      parsed((from: number) => ({ from })),
    );
    this.residual = new Dropdown(
      t('Around'),
      parsed((cut: Omit<Kind<'residualCut'>, 'kind'>) => cut),
    );
    this.solo = new Dropdown(
      t('Head'),
      parsed((head: Kind<'soloed'>['head']) => ({ head })),
    );
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
    if ('scope' in change)
      this.scope.update(scopes(situation, change.scope, this.t), JSON.stringify(change.scope));
    if ('side' in change) {
      const sides = change.kind === 'embeddingUnscaled' ? scaledSides(situation) : sidesOf(plan);
      this.side.update(
        sides.map((side) => ({ value: JSON.stringify(side), words: sideName(side, this.t) })),
        JSON.stringify(change.side),
      );
    }
    switch (change.kind) {
      case 'positionsShifted':
        if (document.activeElement !== this.by) this.by.value = String(change.by);
        return;
      case 'positionsSwapped': {
        const tokens = tokenOptions(situation, change.side);
        this.first.update(tokens, String(change.first));
        this.second.update(tokens, String(change.second));
        return;
      }
      case 'otherQuery': {
        const tokens = tokenOptions(situation, sideOfScope(change.scope, situation.snapshot));
        this.asks.update(tokens, String(change.token));
        this.lends.update(tokens, String(change.from));
        return;
      }
      case 'residualCut': {
        const { kind: _, ...cut } = change;
        this.residual.update(residuals(situation, this.t), JSON.stringify(cut));
        return;
      }
      case 'soloed': {
        const here = { stack: place.stack, layer: place.layer, head: place.head };
        this.solo.update(
          distinct([change.head, here]).map((head) => option(head, scopeName(head, this.t))),
          JSON.stringify(change.head),
        );
        return;
      }
      case 'muted':
        this.muted.update(situation, change.heads);
        return;
      default:
    }
  }

  private situation: Situation | null = null;

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

const option = (value: unknown, words: string): Option => ({ value: JSON.stringify(value), words });

function distinct<T>(values: readonly T[]): T[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}

/** This head, this layer, all layers; and what is chosen, which may be of another head. */
function scopes({ place }: Situation, chosen: HeadScope, t: Translate): Option[] {
  const { stack, layer, head } = place;
  const all: HeadScope[] = [
    { stack, layer, head },
    { stack, layer, head: 'all' },
    { stack, layer: 'all', head: 'all' },
    { stack: chosen.stack, layer: chosen.layer, head: chosen.head },
  ];
  return distinct(all).map((scope) => option(scope, scopeName(scope, t)));
}

function tokenOptions({ snapshot }: Situation, side: Side): Option[] {
  const tokens = tokensOf(snapshot, side);
  return Array.from({ length: readCount(snapshot, side) }, (_, index) =>
    option(index, `${index} ${labelAt(tokens, index)}`),
  );
}

function residuals({ plan }: Situation, t: Translate): Option[] {
  const { architecture, layers } = plan.model;
  const both = architecture === 'encoderDecoder';
  const halves = both ? (['encoder', 'decoder'] as const) : ([architecture] as const);
  return halves.flatMap((stack) =>
    Array.from({ length: layerCount(plan, stack) || layers[stack] }, (_, layer) =>
      (['attention', 'cross', 'feedForward'] as const)
        .filter((subLayer) => subLayer !== 'cross' || (both && stack === 'decoder'))
        .map((subLayer) =>
          option(
            { stack, layer, subLayer },
            `${layerName(stack, layer)} ${subLayerName(subLayer, t)}`,
          ),
        ),
    ).flat(),
  );
}
