import type { NoShares } from '../../protocol/studies/directShares';
import type { Half } from '../../protocol/address';
import type { Transformer } from '../../transformer/transformer';
import { isTokenTask } from '../tokenPredictions';
import { columnOf } from './weightColumns';

/** Why a token's logit is no linear map of a stack's output; null: it is one. */
export function whyNoDirection({ config, architecture, head }: Transformer, half: Half) {
  const why = (reason: NoShares): NoShares => reason;
  if (!isTokenTask(config.head?.task ?? null)) return why('noTokens');
  if (architecture === 'encoderDecoder' && half === 'encoder') return why('readByDecoder');
  return head!.parts.transform || head!.parts.transformNorm ? why('nonLinear') : null;
}

/** A token's logit: output of the stack `[width]` · direction + bias. */
export interface OutputDirection {
  readonly direction: Float64Array;
  readonly bias: number;
}

/** Of a model for which `whyNoDirection` gives no reason. */
export function outputDirection({ head }: Transformer, id: number): OutputDirection {
  const { parts, config } = head!;
  const { weight, bias } = parts.output!; // [width, vocabulary]
  const column = columnOf(weight, id);
  return {
    direction: Float64Array.from(column, (number) => number * config.scale),
    bias: bias ? bias.dataSync<'float32'>()[id]! : 0,
  };
}
