import { numbersOf } from '../../src/protocol/wireTensor';
import type { EngineHarness } from './engineHarness';

/** Lists of numbers, by what they are. */
export type TraceNumbers = Readonly<Record<string, readonly number[]>>;

/** All that a view may show of a finished trace of a decoder. */
export async function traceNumbers(engine: EngineHarness, trace: string): Promise<TraceNumbers> {
  const { plan } = await engine.until('planned', (message) => message.trace === trace);
  const { layers, heads, task } = plan.model;
  const count = plan.source.length;
  const numbers: Record<string, readonly number[]> = {};
  for (let layer = 0; layer < layers.decoder; layer++) {
    const address = { stack: 'decoder', layer, hideSpecials: false, unit: 'token' } as const;
    for (let head = 0; head < heads.decoder; head++) {
      const question = { ...address, head, from: 0, to: count };
      const rows = await engine.ask(trace, { name: 'matrixRows', question });
      numbers[`attention ${layer}.${head}`] = [...numbersOf(rows)];
    }
    for (let token = 0; token < count; token++) {
      const question = { ...address, head: 'mean', token, direction: 'looksAt' } as const;
      const { norms } = await engine.ask(trace, { name: 'row', question });
      numbers[`norms ${layer} from ${token}`] = [...numbersOf(norms)];
    }
  }
  for (const hideSpecials of [false, true])
    for (const { stack: _, layer, head, ...measures } of await engine.ask(trace, {
      name: 'heads',
      question: { hideSpecials },
    }))
      numbers[`measures ${layer}.${head} ${hideSpecials}`] = Object.values(measures).map(
        (measure) => measure ?? -1,
      );
  for (let token = 0; task !== null && token < count; token++) {
    const question = { token };
    const { candidates, actual } = await engine.ask(trace, { name: 'candidates', question });
    numbers[`candidates at ${token}`] = [...candidates, ...(actual ? [actual] : [])].flatMap(
      ({ id, probability }) => [id, probability],
    );
  }
  return numbers;
}

/** The overviews of all layers, asked for when the trace is there. */
export async function overviewsOf(
  engine: EngineHarness,
  trace: string,
): Promise<readonly unknown[]> {
  const { plan } = await engine.until('planned', (message) => message.trace === trace);
  const { decoder } = plan.model.layers;
  engine.post({ type: 'credit', trace, pictures: decoder });
  return Promise.all(
    Array.from({ length: decoder }, async (_, layer) => {
      const fits = (one: { trace: string; layer: { layer: number } }): boolean =>
        one.trace === trace && one.layer.layer === layer;
      const { picture } = await engine.until('picture', fits);
      return { ...picture, data: [...new Uint8Array(picture.data)] };
    }),
  );
}
