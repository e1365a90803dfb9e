import type { Tensor } from '@tensorflow/tfjs-core';
import type { WritableTensor } from '../checkpoint/writeSafetensors';
import type { LoadedModel } from '../engine/loadedModel';
import { Failure } from '../failure/failure';
import type { HookName, Probe } from '../transformer/probe';
import type { TokenBatch } from '../transformer/sequence';
import type { CapturePlan } from './captureList';

/** Keeps the values at the hooks of a plan, under the names it gives them. */
class KeepingProbe implements Probe {
  readonly tensors: WritableTensor[] = [];

  constructor(private readonly hooks: CapturePlan['hooks']) {}

  wants(name: HookName): boolean {
    return this.hooks.has(name);
  }

  visit(name: HookName, value: Tensor): undefined {
    const data = value.dataSync<'float32'>();
    // Not infinity: scores of what a mask hides may be that.
    if (data.includes(Number.NaN)) throw new Failure('model.notNumbers');
    for (const output of this.hooks.get(name)!) {
      this.tensors.push({ name: output, shape: value.shape, data });
    }
  }
}

/**
 * One teacher-forced pass; what the plan asks for, in the order it was computed.
 * @throws Failure `model.notNumbers`
 */
export async function captureTensors(
  model: LoadedModel,
  source: TokenBatch,
  target: TokenBatch | null,
  plan: CapturePlan,
): Promise<WritableTensor[]> {
  const probe = new KeepingProbe(plan.hooks);
  const { states, logits } = await model.transformer.forward(source, target, probe);
  states.dispose();
  logits?.dispose();
  const table = plan.positionalEncoding ? model.positionTable('source') : null;
  if (!table) return probe.tensors;
  const { numbers, width } = table;
  const shape = [numbers.length / width, width];
  return [{ name: 'positional_encoding', shape, data: numbers }, ...probe.tensors];
}
