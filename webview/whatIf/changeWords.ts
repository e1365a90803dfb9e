/** A change in a few words, and what it means in a sentence or two. */
import type { Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { layerName, shortName, stackName } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
import type { Change, HeadScope } from '../../src/protocol/change';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';

/** `E1·H2`, `all heads of layer E1`, `all layers, encoder` */
export function scopeName({ stack, layer, head }: HeadScope, t: Translate): string {
  if (layer === 'all')
    return head === 'all'
      ? t('all layers ({stack})', { stack: stackName(stack, t) })
      : t('head {head} of all layers ({stack})', { head, stack: stackName(stack, t) });
  if (head !== 'all') return shortName({ stack, layer, head }, t);
  return t('all heads of {layer}', { layer: layerName(stack, layer) });
}

export const sideName = (side: Side, t: Translate): string =>
  side === 'source' ? t('the text') : t('the output');

const tokenName = (snapshot: TraceSnapshot, side: Side, index: number): string =>
  labelAt(tokensOf(snapshot, side), index);

/** What is changed, as a title. */
export function changeTitle(change: Change, snapshot: TraceSnapshot, t: Translate): string {
  switch (change.kind) {
    case 'scoreFunction': {
      const where = scopeName(change.scope, t);
      if (change.function === 'dot') return t('{where} without 1/√d_k', { where });
      return change.function === 'cosine'
        ? t('{where} compares by cosine', { where })
        : t('{where} compares by addition', { where });
    }
    case 'unmasked':
      return t('The decoder sees the future');
    case 'positionsOff':
      return t('No positions in {side}', { side: sideName(change.side, t) });
    case 'positionsShifted':
      return shiftTitle(change.by, sentenceStart(sideName(change.side, t)), t);
    case 'positionsSwapped':
      return t('“{first}” and “{second}” have each other’s place', {
        first: tokenName(snapshot, change.side, change.first),
        second: tokenName(snapshot, change.side, change.second),
      });
    case 'embeddingUnscaled':
      return t('Embeddings of {side} without × √d_model', { side: sideName(change.side, t) });
    case 'otherQuery': {
      const side = sideOfScope(change.scope, snapshot);
      return t('{where}: “{token}” asks with the query of “{from}”', {
        where: scopeName(change.scope, t),
        token: tokenName(snapshot, side, change.token),
        from: tokenName(snapshot, side, change.from),
      });
    }
    case 'muted':
      return change.heads.length === 0
        ? t('No head is muted yet')
        : t('Muted: {heads}', { heads: change.heads.map((head) => shortName(head, t)).join(', ') });
    case 'soloed':
      return t('Of its layer only {head} speaks', { head: shortName(change.head, t) });
    case 'residualCut':
      return t('{layer}: no residual around {subLayer}', {
        layer: layerName(change.stack, change.layer),
        subLayer: subLayerName(change.subLayer, t),
      });
  }
}

const shiftTitle = (by: number, side: string, t: Translate): string =>
  by === 1
    ? t('{side} stands one place further on', { side })
    : t('{side} stands {by} places further on', { side, by });

export function subLayerName(
  subLayer: Extract<Change, { kind: 'residualCut' }>['subLayer'],
  t: Translate,
): string {
  if (subLayer === 'attention') return t('self-attention');
  return subLayer === 'cross' ? t('cross-attention') : t('feed-forward network');
}

/** The side whose tokens a scope's queries are. */
export const sideOfScope = ({ stack }: HeadScope, { plan }: TraceSnapshot): Side =>
  stack !== 'encoder' && plan?.model.architecture === 'encoderDecoder' ? 'target' : 'source';

const sentenceStart = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
