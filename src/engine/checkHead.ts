/** That what a question addresses is there; with the configuration of its stack. */
import { Failure } from '../failure/failure';
import type { Stack } from '../protocol/address';
import type { HeadAddress } from '../protocol/headProfile';
import { halfOf } from '../protocol/stacks';
import type { StackConfig } from '../transformer/config';
import type { Trace } from './trace';

/** @throws Failure `trace.noStack`, `trace.noLayer` */
export function checkLayer(trace: Trace, stack: Stack, layer: number): StackConfig {
  trace.checkStack(stack);
  const config = trace.model.stackConfig(halfOf(stack))!;
  if (layer < config.layers) return config;
  throw new Failure('trace.noLayer', { value: layer, last: config.layers - 1 });
}

/** @throws Failure `trace.noStack`, `trace.noLayer`, `trace.noHead` */
export function checkHead(trace: Trace, { stack, layer, head }: HeadAddress): StackConfig {
  const config = checkLayer(trace, stack, layer);
  if (head < config.heads) return config;
  throw new Failure('trace.noHead', { value: head, last: config.heads - 1 });
}
