/** The picture of a matrix that grows while output is written: asked once, and again when it has grown. */
import { Latest, type Known } from '../inspector/latest';
import type { Commands } from '../inspector/view';
import type { MatrixAddress } from '../../src/protocol/address';
import type { TraceId } from '../../src/protocol/trace';

/** As often as the rest of the page renews what grows. */
const GROWTH_REST_MS = 200;

export class GrowingMatrix {
  private readonly latest: Latest<'matrix'>;
  private trace: TraceId | null = null;
  /** Rows there are, and there were when it was last asked for. */
  private available = 0;
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(ask: Commands['ask'], changed: () => void) {
    this.latest = new Latest<'matrix'>(
      (question, signal) => ask('matrix', question, signal),
      changed,
    );
  }

  get known(): Known<'matrix'> {
    return this.latest.known;
  }

  /** @param available rows there are so far; none: nothing is asked */
  want(trace: TraceId, address: MatrixAddress, available: number): void {
    if (trace !== this.trace) {
      this.trace = trace;
      this.latest.reset();
    }
    this.available = available;
    const before = this.latest.known.question;
    this.latest.want(available === 0 ? null : address);
    if (this.latest.known.question !== before) this.asked = available;
    if (available > this.asked)
      this.timer ??= setTimeout(() => {
        this.timer = null;
        this.asked = this.available;
        this.latest.refresh();
      }, GROWTH_REST_MS);
  }
}
