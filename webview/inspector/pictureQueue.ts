/**
 * Overview pictures between host and screen: a few a frame are shown, and the credit for these is
 * given back once that frame is painted, so that a busy page is sent no more than it can paint.
 */
import type { LayerAddress } from '../../src/protocol/trace';
import type { Picture } from '../../src/protocol/wireTensor';
import { pictureKey } from '../../src/navigation/traceState';

/** Pictures the engine may have on their way: enough to keep it busy over a 3-ms round trip, few enough to drop. */
const FIRST_CREDIT = 8;
/** Eight heads of 128 × 128 take a millisecond to paint; a frame has 16, and other things to do. */
const PICTURES_A_FRAME = 2;

export class PictureQueue {
  /** Newest shown picture of each layer, by `pictureKey`. */
  readonly shown = new Map<string, Picture>();
  /** Taken, to be shown: only the newest of a layer. */
  private readonly waiting = new Map<string, Picture>();
  /** Credit for pictures of the last frame, and for those that a newer one replaced. */
  private owed = FIRST_CREDIT;

  take(layer: LayerAddress, picture: Picture): void {
    const key = pictureKey(layer);
    if (this.waiting.has(key)) this.owed++;
    this.waiting.set(key, picture);
  }

  /** Moves on what the next frame shows; its credit is earned once it is painted. */
  show(): void {
    for (const [key, picture] of [...this.waiting].slice(0, PICTURES_A_FRAME)) {
      this.waiting.delete(key);
      this.shown.set(key, picture);
      this.owed++;
    }
  }

  /** Takes the credit that the frames painted so far have earned. */
  pay(): number {
    const credit = this.owed;
    this.owed = 0;
    return credit;
  }

  get isWaiting(): boolean {
    return this.waiting.size > 0;
  }

  get isOwing(): boolean {
    return this.owed > 0;
  }

  reset(): void {
    this.shown.clear();
    this.waiting.clear();
    this.owed = FIRST_CREDIT;
  }
}
