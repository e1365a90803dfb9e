import { bartLike } from './bartLike';

/** Hugging Face `bart` (Lewis et al. 2020). Defaults are those of `BartConfig`. */
export const bart = bartLike({
  modelType: 'bart',
  normPlacement: 'post',
  normsLast: false,
  startToken: 2,
});
