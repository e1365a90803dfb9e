import { rowTimes } from '../../analysis/contributions';
import { scoreParts, type VectorParts } from '../../analysis/scoreParts';
import { dot } from '../../analysis/vectors';
import type { Answer } from '../../protocol/queries';
import type { AttentionPass } from './attentionPass';
import { headColumns } from './headRows';

type Parts = Answer<'steps'>['parts'];

/** A score's share of content and of position, where the model lets them be told apart exactly. */
export function scorePartsOf(
  pass: AttentionPass,
  query: number,
  key: number,
  bias: Float32Array | null,
): Parts {
  const { scale } = pass.attention.shape;
  const { stack, layer } = pass.address;
  if (bias) {
    const content = dot(pass.meeting('query', query), pass.meeting('key', key)) * scale;
    return { kind: 'bias', content, position: bias[key]! };
  }
  if (pass.hooks.turnedQuery !== null) {
    const unturned = dot(pass.vector('query', query)!, pass.vector('key', key)!) * scale;
    const turned = dot(pass.meeting('query', query), pass.meeting('key', key)) * scale;
    return { kind: 'turned', unturned, turned };
  }
  const own = partsOf(pass, 'query', query);
  const other = partsOf(pass, 'key', key);
  if (own && other) return { kind: 'added', ...scoreParts(own, other, scale) };
  const why = stack === 'cross' ? 'cross' : layer === 0 ? 'norm' : 'layers';
  return { kind: 'mixed', why };
}

/** (embedding + position) W + b, each part by itself, `[d_k]`. */
function partsOf(pass: AttentionPass, which: 'query' | 'key', token: number): VectorParts | null {
  const read = pass.readSum(token);
  if (!read) return null;
  const { weight, bias, count } = headColumns(pass, which);
  return {
    content: rowTimes(read.content, weight, count),
    position: rowTimes(read.position, weight, count),
    bias,
  };
}
