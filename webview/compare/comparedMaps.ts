/**
 * Two matrices side by side and, where they have the same stack, the one minus the other. Pointing
 * at a cell of one map marks it in all of them.
 */
import type { Translate } from '../../src/language/translate';
import { fourDecimals, scaleEnd, shortName } from '../../src/navigation/names';
import { chosenSide } from '../../src/navigation/navigationRules';
import type { ColourScaleChoice } from '../../src/protocol/readerState';
import {
  differenceAt,
  differencePixels,
  largestDifferences,
  largestWeight,
  signedFourDecimals,
  weightAt,
  weightPixels,
  type AlignedMatrices,
  type Which,
} from '../drawing/difference';
import type { Pixels } from '../drawing/raster';
import { topOf } from '../drawing/scaleTop';
import type { Cell } from '../drawing/viewport';
import type { Plot } from '../inspector/matrixCanvas';
import { PointedMap } from '../inspector/pointedMap';
import type { Commands, Sight, View } from '../inspector/view';
import { element, show } from '../parts/element';
import { Legend, scaleNote } from '../parts/legend';
import type { CommonAxis } from './commonAxis';
import { chosenToken, type Comparison } from './comparison';

/** Axes and matrices of one map; both views' where tokens are aligned, else one view's own. */
export interface MapContent {
  readonly queries: CommonAxis;
  readonly keys: CommonAxis;
  readonly matrices: AlignedMatrices;
}

export interface ComparedContent {
  readonly pinned: MapContent;
  readonly current: MapContent;
  /** Null where the two cannot be subtracted. */
  readonly both: MapContent | null;
}

type MapName = Which | 'difference';
const NAMES: readonly MapName[] = ['pinned', 'current', 'difference'];

/** The pixels of all maps, and where their scales end. */
interface Drawn {
  readonly content: ComparedContent;
  readonly choice: ColourScaleChoice;
  readonly top: number;
  readonly limit: number;
  readonly plots: Readonly<Partial<Record<MapName, Plot>>>;
}

const unite = (x: readonly number[], y: readonly number[]): number[] => [...new Set([...x, ...y])];

function plotOf(content: MapContent, pixels: Pixels, name: MapName): Plot {
  const missing = ({ gaps }: CommonAxis): readonly number[] =>
    name === 'difference' ? unite(gaps.pinned, gaps.current) : gaps[name];
  return {
    queries: content.queries,
    keys: content.keys,
    pixels,
    gaps: { rows: missing(content.queries), columns: missing(content.keys) },
  };
}

function draw(content: ComparedContent, choice: ColourScaleChoice): Drawn {
  const { pinned, current, both } = content;
  const largest = [pinned.matrices.pinned, current.matrices.current].map(largestWeight);
  // One scale for both: the same colour is the same weight.
  const top = topOf(choice, Math.max(...largest));
  const [furthest] = both === null ? [] : largestDifferences(both.matrices, 1);
  const limit = topOf(choice, Math.abs(furthest?.difference ?? 0));
  const plots = {
    pinned: plotOf(pinned, weightPixels(pinned.matrices, 'pinned', top), 'pinned'),
    current: plotOf(current, weightPixels(current.matrices, 'current', top), 'current'),
  };
  if (both === null) return { content, choice, top, limit, plots };
  const difference = plotOf(both, differencePixels(both.matrices, limit), 'difference');
  return { content, choice, top, limit, plots: { ...plots, difference } };
}

/** The chosen row or column of the view that a map shows; of the difference, the current one's. */
function marksOf(
  name: MapName,
  content: ComparedContent,
  comparison: Comparison,
): { row: number | null; column: number | null } {
  const which = name === 'pinned' ? 'pinned' : 'current';
  const sight = comparison[which];
  const { stack, direction } = sight.navigation;
  const token = chosenToken(sight);
  const axis = direction === 'looksAt' ? content[which].queries : content[which].keys;
  const at =
    token?.side === chosenSide(sight.snapshot, stack, direction)
      ? axis.pairs.findIndex((pair) => pair[which] === token.index)
      : -1;
  const mark = at < 0 ? null : at;
  return direction === 'looksAt' ? { row: mark, column: null } : { row: null, column: mark };
}

export class ComparedMaps {
  readonly root: HTMLElement;
  private readonly maps: Readonly<Record<MapName, PointedMap>>;
  private readonly figures: Readonly<Record<MapName, HTMLElement>>;
  private readonly weights = new Legend();
  private readonly differences = new Legend();
  private drawn: Drawn | null = null;
  private comparison: Comparison | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    const map = (name: MapName): PointedMap =>
      new PointedMap(`${name}-map`, {
        describe: (cell) => ({ words: this.describe(name, cell), settled: true }),
        choose: (cell) => this.choose(name, cell),
        pointed: (cell) => this.pointed(name, cell),
      });
    this.maps = { pinned: map('pinned'), current: map('current'), difference: map('difference') };
    const figure = (name: MapName, caption: string, legend: Legend | null): HTMLElement =>
      element(
        'figure',
        { class: `compared ${name}` },
        element('figcaption', { class: 'figure-head' }, caption, legend?.root ?? null),
        this.maps[name].root,
      );
    this.figures = {
      pinned: figure('pinned', t('Pinned'), null),
      current: figure('current', t('Now'), null),
      difference: figure('difference', t('Difference: now − pinned'), this.differences),
    };
    this.root = element(
      'div',
      { class: 'compared-maps' },
      element('div', { class: 'compared-legend' }, this.weights.root),
      ...NAMES.map((name) => this.figures[name]),
    );
  }

  update(content: ComparedContent, comparison: Comparison, view: View): void {
    this.comparison = comparison;
    const { theme, reader } = view;
    const choice = reader.colourScale;
    if (this.drawn?.content !== content || this.drawn.choice !== choice)
      this.drawn = draw(content, choice);
    const { top, limit, plots } = this.drawn;
    show(this.figures.difference, content.both !== null);
    this.root.classList.toggle('without-difference', content.both === null);
    const names = { queries: this.t('queries ↓'), keys: this.t('keys →') };
    for (const name of NAMES) {
      const plot = plots[name];
      if (plot === undefined) {
        this.maps[name].show(null);
        continue;
      }
      const sight = comparison[name === 'pinned' ? 'pinned' : 'current'];
      this.maps[name].show({
        plot,
        scale: name === 'difference' ? theme.signed : theme[sight.navigation.direction],
        theme,
        names,
        label: this.labelOf(name, comparison),
        ...marksOf(name, content, comparison),
      });
    }
    const note = scaleNote(choice, this.t('√ scale of both matrices'), this.t);
    const { direction } = comparison.current.navigation;
    this.weights.update(theme[direction], '0', scaleEnd(top), note);
    const end = scaleEnd(limit);
    this.differences.update(theme.signed, `−${end}`, `+${end}`, this.t('linear scale'));
  }

  private contentOf(name: MapName): MapContent | null {
    const content = this.drawn?.content;
    return (name === 'difference' ? content?.both : content?.[name]) ?? null;
  }

  private labelOf(name: MapName, { pinned, current }: Comparison): string {
    const named = (sight: Sight): string => shortName(sight.navigation, this.t);
    if (name === 'pinned') return this.t('Pinned attention matrix {name}', { name: named(pinned) });
    if (name === 'current')
      return this.t('Attention matrix {name} as it is now', { name: named(current) });
    return this.t('Difference of the attention matrices: {current} minus {pinned}', {
      current: named(current),
      pinned: named(pinned),
    });
  }

  /** Both numbers and the difference; or the one there is, and that the other is missing. */
  private describe(name: MapName, { row, column }: Cell): string {
    const content = this.contentOf(name);
    if (content === null) return '';
    const { matrices } = content;
    const tokens = {
      query: content.queries.labels[row] ?? '',
      key: content.keys.labels[column] ?? '',
    };
    const [pinned, current] = [
      weightAt(matrices, 'pinned', row, column),
      weightAt(matrices, 'current', row, column),
    ];
    const difference = differenceAt(matrices, row, column);
    if (pinned !== null && current !== null && difference !== null)
      return this.t('{query} → {key}: pinned {pinned}, now {current}, difference {difference}', {
        ...tokens,
        pinned: fourDecimals(pinned),
        current: fourDecimals(current),
        difference: signedFourDecimals(difference),
      });
    if (this.drawn?.content.both === null)
      return this.t('{query} → {key}: {weight}', {
        ...tokens,
        weight: fourDecimals(pinned ?? current ?? Number.NaN),
      });
    if (pinned !== null)
      return this.t('{query} → {key}: pinned {weight}, no partner now', {
        ...tokens,
        weight: fourDecimals(pinned),
      });
    if (current !== null)
      return this.t('{query} → {key}: now {weight}, no partner in the pinned view', {
        ...tokens,
        weight: fourDecimals(current),
      });
    return this.t('{query} → {key}: never in one matrix together', tokens);
  }

  private pointed(name: MapName, cell: Cell | null): void {
    if (this.drawn?.content.both == null) return;
    for (const other of NAMES) if (other !== name) this.maps[other].mirror(cell);
  }

  /** Chooses the cell's token in the view as it is now; the pinned one stays as it was pinned. */
  private choose(name: MapName, { row, column }: Cell): void {
    const content = this.contentOf(name);
    const sight = this.comparison?.current;
    if (content === null || sight === undefined) return;
    const { snapshot, navigation } = sight;
    const { stack, direction } = navigation;
    const pair = direction === 'looksAt' ? content.queries.pairs[row] : content.keys.pairs[column];
    const index = pair?.current ?? null;
    if (index !== null)
      this.commands.choose({ side: chosenSide(snapshot, stack, direction), index }, true);
  }
}
