import type { Emit } from './outbox';
import type { RunListener } from './runTrace';
import type { Trace } from './trace';
import type { TraceStore } from './traceStore';

/** Where what happens in a run goes. */
interface RunSurroundings {
  readonly emit: Emit;
  readonly traces: TraceStore;
  /** Of the layers that are there and not seen yet, as far as credit goes. */
  sendPictures(): void;
  breathe(): Promise<void>;
}

/** Keeps the trace of a run and tells the host of it while it goes on. */
export function runEvents({ emit, traces, sendPictures, breathe }: RunSurroundings): RunListener {
  return {
    planned(trace, bytes) {
      traces.makeRoom(bytes);
      traces.add(trace);
      emit({ type: 'planned', trace: trace.id, plan: trace.plan });
    },
    previewed(trace, layer, milliseconds) {
      trace.pictures.mark(layer.stack, layer.layer);
      emit({ type: 'previewed', trace: trace.id, layer, milliseconds });
      sendPictures();
    },
    layer(trace, layer, milliseconds, previewError) {
      trace.pictures.mark(layer.stack, layer.layer);
      const done = { trace: trace.id, layer, milliseconds };
      emit({ type: 'layer', ...done, ...(previewError && { previewError }) });
      if (!readsLittle(trace)) sendPictures();
    },
    searched(trace, step) {
      emit({ type: 'searched', trace: trace.id, step });
    },
    found(trace, hypotheses) {
      emit({ type: 'found', trace: trace.id, hypotheses: [...hypotheses] });
    },
    token(trace) {
      const { architecture } = trace;
      for (let layer = 0; layer < trace.plan.model.layers.decoder; layer++) {
        trace.pictures.mark('decoder', layer);
        if (architecture === 'encoderDecoder') trace.pictures.mark('cross', layer);
      }
      const written = trace.written.at(-1)!;
      emit({ type: 'token', trace: trace.id, written, output: trace.output });
      sendPictures();
    },
    predicted(trace, prediction) {
      emit({ type: 'predicted', trace: trace.id, prediction });
    },
    breathe,
  };
}

/** Where most tokens were taken over, the pictures take longer than all layers: the numbers come first. */
const readsLittle = ({ plan: { reused = 0, source } }: Trace): boolean =>
  2 * reused > source.length;
