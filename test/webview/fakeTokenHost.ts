/** Stands in for the extension host inside a page of the *Token* view. Tests drive it through `window.tokenHost`. */
import type { WireFailure } from '../../src/failure/failure';
import type { FromTokenView, TokenTable, ToTokenView } from '../../src/protocol/tokenViewMessages';
import type { WireTensor } from '../../src/protocol/wireTensor';

/** A table whose numbers are plain: they travel into the page as text. */
export interface PlainTable extends Omit<TokenTable, 'row'> {
  readonly weights: readonly number[];
  readonly norms: readonly number[];
  readonly hidden: number;
  readonly approximate?: boolean;
}

const tensor = (values: readonly number[]): WireTensor => ({
  shape: [values.length],
  data: Float32Array.from(values).buffer,
});

export class FakeTokenHost {
  readonly received: FromTokenView[] = [];
  state: unknown = undefined;

  /** What `acquireVsCodeApi` returns. */
  readonly api = {
    postMessage: (message: FromTokenView): void => void this.received.push(message),
    getState: (): unknown => this.state,
    setState: (state: unknown): unknown => (this.state = state),
  };

  send(message: ToTokenView): void {
    window.postMessage(message, '*');
  }

  show({ weights, norms, hidden, approximate = false, ...rest }: PlainTable): void {
    const row = { weights: tensor(weights), norms: tensor(norms), hidden, approximate };
    this.send({ type: 'table', table: { ...rest, row }, failure: null });
  }

  explain(failure: WireFailure | null): void {
    this.send({ type: 'table', table: null, failure });
  }
}

declare global {
  interface Window {
    tokenHost: FakeTokenHost;
  }
}

window.tokenHost = new FakeTokenHost();
Object.assign(window, { acquireVsCodeApi: () => window.tokenHost.api });
