import assert from 'node:assert/strict';
import type { Picture } from '../../../src/protocol/wireTensor';
import { PictureQueue } from '../../../webview/inspector/pictureQueue';

const picture = (): Picture => ({
  heads: 1,
  rows: 1,
  columns: 1,
  queries: 1,
  keys: 1,
  maxima: [1],
  approximate: false,
  data: new ArrayBuffer(1),
});
const layer = (number: number) => ({ stack: 'cross' as const, layer: number });

describe('picture queue', () => {
  it('shows a few a frame and pays for them after it', () => {
    const queue = new PictureQueue();
    assert.equal(queue.pay(), 8);
    for (let i = 0; i < 5; i++) queue.take(layer(i), picture());
    const sizes: number[] = [];
    const paid: number[] = [];
    while (queue.isWaiting || queue.isOwing) {
      paid.push(queue.pay());
      queue.show();
      sizes.push(queue.shown.size);
    }
    assert.deepEqual(sizes, [2, 4, 5, 5]);
    assert.deepEqual(paid, [0, 2, 2, 1]);
  });

  it('shows the newest of a layer and pays for those it replaced', () => {
    const queue = new PictureQueue();
    queue.pay();
    const pictures = [picture(), picture(), picture()];
    for (const one of pictures) queue.take(layer(0), one);
    queue.show();
    assert.equal(queue.shown.get('cross/0'), pictures[2]);
    assert.equal(queue.pay(), 3);
  });
});
