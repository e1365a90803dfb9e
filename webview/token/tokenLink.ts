/** The view's only link to the host: typed messages out, validated messages in. */
import * as v from 'valibot';
import {
  toTokenViewSchema,
  type FromTokenView,
  type ToTokenView,
} from '../../src/protocol/tokenViewMessages';
import type { WebviewApi } from '../inspector/hostLink';

export class TokenLink {
  constructor(
    private readonly api: Pick<WebviewApi, 'postMessage'>,
    private readonly receive: (message: ToTokenView) => void,
  ) {}

  start(source: Window): void {
    source.addEventListener('message', (event: MessageEvent<unknown>) => this.take(event.data));
    this.post({ type: 'ready' });
  }

  post(message: FromTokenView): void {
    this.api.postMessage(message);
  }

  private take(data: unknown): void {
    const parsed = v.safeParse(toTokenViewSchema, data);
    if (parsed.success) this.receive(parsed.output);
    else console.error('A message from the host was not understood.', v.flatten(parsed.issues));
  }
}
