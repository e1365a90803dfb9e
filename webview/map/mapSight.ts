/** What every part of the map is given: the model, and whose way through it is shown. */
import { labelAt } from '../../src/navigation/labels';
import { layerCount, readCount, tokensOf } from '../../src/navigation/traceState';
import type { Half, Side } from '../../src/protocol/address';
import { halfReading, querySide } from '../../src/protocol/stacks';
import type { Structure } from '../../src/protocol/structure';
import type { Architecture, Candidate, ModelSummary, Plan } from '../../src/protocol/trace';
import { chosenToken } from '../inspector/tokenEntries';
import type { View } from '../inspector/view';

/** A token and the stack that reads it. */
export interface PathToken {
  readonly side: Side;
  readonly half: Half;
  readonly index: number;
  readonly label: string;
  /** The stack has read it: the newest output token is only read to write the next. */
  readonly read: boolean;
}

export interface MapSight {
  readonly view: View;
  readonly plan: Plan;
  readonly model: ModelSummary;
  readonly structure: Structure;
  readonly token: PathToken | null;
  /** The likeliest token at the end of the chosen token's path; null: not known, or no such model. */
  readonly best: Candidate | null;
  /** The layer whose numbers are shown, of each stack. */
  readonly layer: Readonly<Record<Half, number>>;
  /** Tokens that each stack reads. */
  readonly tokens: Readonly<Record<Half, number>>;
  /** A whole number as the reader's language writes it. */
  readonly whole: (value: number) => string;
}

/** Null while the text is not planned. */
export function mapSight(
  view: View,
  structure: Structure,
  best: Candidate | null,
): MapSight | null {
  const { plan } = view.snapshot;
  if (plan === null) return null;
  const { model } = plan;
  const layerOf = (half: Half): number =>
    Math.max(0, Math.min(chosenLayer(view), layerCount(plan, half) - 1));
  const tokensOfHalf = (half: Half): number =>
    readCount(view.snapshot, querySide(model.architecture, half));
  const format = new Intl.NumberFormat(view.locale);
  return {
    view,
    plan,
    model,
    structure,
    best,
    token: pathToken(view, model.architecture),
    layer: { encoder: layerOf('encoder'), decoder: layerOf('decoder') },
    tokens: { encoder: tokensOfHalf('encoder'), decoder: tokensOfHalf('decoder') },
    whole: (value) => format.format(value),
  };
}

/** The mean over layers has no numbers of its own here: the first stands for all. */
const chosenLayer = ({ navigation }: View): number =>
  navigation.layer === 'mean' ? 0 : navigation.layer;

function pathToken(view: View, architecture: Architecture): PathToken | null {
  const chosen = chosenToken(view);
  if (chosen === null) return null;
  const { side, index } = chosen;
  const { snapshot } = view;
  return {
    side,
    index,
    half: halfReading(architecture, side),
    label: labelAt(tokensOf(snapshot, side), index),
    read: index < readCount(snapshot, side),
  };
}
