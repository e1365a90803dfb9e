/** In the page: passes messages between it and an engine that the test runs outside. */
import { packed, unpacked } from './carriedMessage';

declare global {
  interface Window {
    toEngineHost(message: string): void;
    fromEngineHost(message: string): void;
  }
}

let state: unknown;

window.fromEngineHost = (message) => window.postMessage(unpacked(message), '*');
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => window.toEngineHost(packed(message)),
    getState: () => state,
    setState: (next: unknown) => (state = next),
  }),
});
