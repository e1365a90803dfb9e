// What the modules export: the kernels of kernelArguments.ts.
export { pack, packTransposed, unpack, packedColumns } from './packing';
export { product } from './product';
export { packInt8, quantiseRows } from './int8';
export { productInt8 } from './productInt8';
export { packKeys, packValues, unpackKeys, unpackValues } from './keysValues';
export { attend, scores, mix } from './attention';
export { softmax } from './softmax';
export { layerNorm, rmsNorm } from './norms';
export { activate } from './activate';
export { rotate } from './rotary';
