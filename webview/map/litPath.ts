/** Which parts of the drawing the chosen token's vector goes through. Pure. */
import { isOfHead, type MapBox } from './boxes';
import type { Wire } from './column';
import type { MapSight } from './mapSight';

/**
 * A token's own path is its row from the foot of its stack to the top. What other tokens learn of
 * it, they learn through attention: a source token goes on by the keys and values of cross-attention,
 * and to a head that reads the first token alone no other token has a path of its own.
 */
export function isLit(box: MapBox, { token, structure }: MapSight): boolean {
  if (token === null || token.half !== box.half) return false;
  return !isOfHead(box) || structure.head?.reads !== 'first' || token.index === 0;
}

export function isLitWire({ half, part, toHead }: Wire, sight: MapSight): boolean {
  const { token, structure } = sight;
  if (token === null) return false;
  // Both ends of the link are somebody's path: what a source token gives, an output token takes.
  if (part === 'link') return true;
  if (token.half !== half) return false;
  return !toHead || structure.head?.reads !== 'first' || token.index === 0;
}
