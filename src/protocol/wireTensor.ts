import * as v from 'valibot';

/** Largest payload of one message in bytes: remote windows move about 45 MB/s, so this stays near 20 ms. */
export const MAX_PAYLOAD_BYTES = 1 << 20;

const payloadSchema = v.pipe(
  v.instance(ArrayBuffer),
  v.check((data) => data.byteLength <= MAX_PAYLOAD_BYTES, 'payload too large'),
);

/** Exact float32 numbers on their way to where they are shown. */
export const wireTensorSchema = v.pipe(
  v.strictObject({
    shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
    data: payloadSchema,
  }),
  v.check(
    ({ shape, data }) => shape.reduce((product, size) => product * size, 4) === data.byteLength,
    'shape does not fit data',
  ),
);
export type WireTensor = v.InferOutput<typeof wireTensorSchema>;

/** The numbers of a wire tensor, row-major. */
export const numbersOf = (tensor: WireTensor): Float32Array => new Float32Array(tensor.data);

/**
 * A matrix, or one per head, coded for colour only: byte = round(255 · √(weight ÷ maximum of its
 * matrix)). Linear bytes would paint 1/512 black. No displayed number may come from these bytes.
 */
export const pictureSchema = v.pipe(
  v.strictObject({
    /** Matrices in this picture: the heads of a layer, or 1. */
    heads: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** Pixels of each matrix. */
    rows: v.pipe(v.number(), v.integer(), v.minValue(0)),
    columns: v.pipe(v.number(), v.integer(), v.minValue(0)),
    /** Queries and keys of each matrix; with fewer pixels a pixel is the largest weight it covers. */
    queries: v.pipe(v.number(), v.integer(), v.minValue(0)),
    keys: v.pipe(v.number(), v.integer(), v.minValue(0)),
    /** The weight that byte 255 stands for, one a matrix. */
    maxima: v.array(v.number()),
    /** From a preview: what is seen is not the model's own. */
    approximate: v.boolean(),
    /** `[head, row, column]`, one byte each. */
    data: payloadSchema,
  }),
  v.check((p) => p.heads * p.rows * p.columns === p.data.byteLength, 'pixels do not fit data'),
  v.check((p) => p.maxima.length === p.heads, 'one maximum a matrix'),
);
export type Picture = v.InferOutput<typeof pictureSchema>;
