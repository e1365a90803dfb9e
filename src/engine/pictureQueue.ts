import type { Stack } from '../protocol/address';
import type { LayerAddress } from '../protocol/trace';

/**
 * Which layers' overviews the viewer has not seen, oldest first. The run marks layers and goes on;
 * pictures are made and sent only against credit. A layer that changes twice in between is sent once,
 * whole: a snapshot, never a delta.
 */
export class PictureQueue {
  private credit = 0;
  private readonly unseen = new Map<string, LayerAddress>();
  /** Every layer that ever had something to show. */
  private readonly known = new Map<string, LayerAddress>();

  /** A layer has something new to show. */
  mark(stack: Stack, layer: number): void {
    const address = { stack, layer };
    const key = `${stack}.${layer}`;
    this.known.set(key, address);
    if (!this.unseen.has(key)) this.unseen.set(key, address);
  }

  /** The viewer can take this many more. */
  grant(pictures: number): void {
    this.credit += pictures;
  }

  /** A new viewer: nothing is seen, no credit is left. */
  restart(): void {
    this.credit = 0;
    for (const [key, address] of this.known) this.unseen.set(key, address);
  }

  /** The next layer to send, against one credit; null when there is nothing to send or no credit. */
  take(): LayerAddress | null {
    if (this.credit === 0) return null;
    const [next] = this.unseen;
    if (!next) return null;
    this.unseen.delete(next[0]);
    this.credit--;
    return next[1];
  }
}
