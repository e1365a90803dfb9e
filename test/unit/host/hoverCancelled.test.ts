// A hover that nobody waits for any more: no answer, and no listener left behind.
import assert from 'node:assert/strict';
import { unlessCancelled, type CancellationSource } from '../../../src/host/hover/unlessCancelled';

/** A cancellation token that counts who listens. */
class FakeCancellation implements CancellationSource {
  isCancellationRequested = false;
  readonly listeners = new Set<() => void>();

  onCancellationRequested(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  cancel(): void {
    this.isCancellationRequested = true;
    for (const listener of this.listeners) listener();
  }
}

describe('a cancelled hover', () => {
  it('passes on what comes in time, and stops listening', async () => {
    const cancellation = new FakeCancellation();
    assert.equal(await unlessCancelled(Promise.resolve('hover'), cancellation), 'hover');
    await Promise.resolve();
    assert.equal(cancellation.listeners.size, 0);
  });

  it('passes on a failure', async () => {
    const failed = unlessCancelled(Promise.reject(new Error('no')), new FakeCancellation());
    await assert.rejects(failed, /no/);
  });

  it('gives up at once, whatever still comes', async () => {
    const cancellation = new FakeCancellation();
    const never = new Promise<string>(() => undefined);
    const waiting = unlessCancelled(never, cancellation);
    cancellation.cancel();
    assert.equal(await waiting, undefined);
  });

  it('a late failure of a cancelled one concerns nobody', async () => {
    const cancellation = new FakeCancellation();
    const { promise, reject } = deferred();
    const waiting = unlessCancelled(promise, cancellation);
    cancellation.cancel();
    reject(new Error('late'));
    assert.equal(await waiting, undefined);
  });

  it('does not begin what is cancelled already', async () => {
    const cancellation = new FakeCancellation();
    cancellation.cancel();
    assert.equal(await unlessCancelled(Promise.resolve('hover'), cancellation), undefined);
    assert.equal(cancellation.listeners.size, 0);
  });
});

function deferred(): { promise: Promise<string>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<string>((_, refuse) => (reject = refuse));
  return { promise, reject };
}
