import { bartLike } from './bartLike';

/** Hugging Face `mbart` (Liu et al. 2020): norms before each sub-layer and at the end. Defaults are those of `MBartConfig`. */
export const mbart = bartLike({
  modelType: 'mbart',
  normPlacement: 'pre',
  normsLast: true,
  startToken: null,
});
