/** What a preview left of itself in a trace: the layers that are still approximate, and how far the others were off. */
import * as v from 'valibot';
import { previewErrorSchema, type PreviewError } from './preview';
import { layerAddressSchema, type LayerAddress } from './trace';

export const previewedSchema = v.strictObject({
  /** Layers of which there are only approximate numbers. */
  approximate: v.array(layerAddressSchema),
  /** Of each layer that is exact by now. */
  errors: v.array(previewErrorSchema),
});
export type Previewed = v.InferOutput<typeof previewedSchema>;

export const isSameLayer = (a: LayerAddress, b: LayerAddress): boolean =>
  a.stack === b.stack && a.layer === b.layer;

/** One more layer is there approximately. */
export function withApproximate(before: Previewed | null, layer: LayerAddress): Previewed {
  const { approximate, errors } = before ?? { approximate: [], errors: [] };
  const known = approximate.some((one) => isSameLayer(one, layer));
  return { approximate: known ? approximate : [...approximate, layer], errors };
}

/** A layer is there exactly. */
export function withExact(
  before: Previewed | null,
  layer: LayerAddress,
  error: PreviewError | undefined,
): Previewed | null {
  if (before === null) return null;
  return {
    approximate: before.approximate.filter((one) => !isSameLayer(one, layer)),
    errors: error === undefined ? before.errors : [...before.errors, error],
  };
}

/** Over all layers compared so far, each counting alike; null: none. */
export function errorOf(errors: readonly PreviewError[]): PreviewError | null {
  if (errors.length === 0) return null;
  return {
    largest: Math.max(...errors.map(({ largest }) => largest)),
    mean: errors.reduce((sum, { mean }) => sum + mean, 0) / errors.length,
  };
}
