/**
 * The heads of one layer side by side on one canvas, at the size they have on screen. A canvas a
 * head would be a compositor layer a head, and there may be hundreds.
 */
import type { ColourScale } from '../../src/palette/weightScale';
import type { ColourScaleChoice } from '../../src/protocol/readerState';
import type { Picture } from '../../src/protocol/wireTensor';
import { largestIn, pixelsOf, rasterOfPixels } from '../drawing/raster';
import { scaleOfBytes, topOf } from '../drawing/scaleTop';
import { contextOf, element } from '../parts/element';

/** As `.thumbnail-row` has it: CSS pixels between heads. */
const GAP = 2;

export class LayerPicture {
  readonly root = element('canvas', {
    class: 'row-picture',
    attributes: { width: 1, height: 1, 'aria-hidden': 'true' },
  });
  private picture: Picture | null = null;
  private scale: ColourScale | null = null;
  private choice: ColourScaleChoice = 'relative';
  private width = 0;

  constructor(private readonly heads: number) {}

  show(
    picture: Picture | null,
    scale: ColourScale,
    choice: ColourScaleChoice,
    width: number,
  ): void {
    const same = picture === this.picture && scale === this.scale && choice === this.choice;
    if (same && width === this.width) return;
    this.picture = picture;
    this.scale = scale;
    this.choice = choice;
    this.width = width;
    this.paint();
  }

  resize(width: number): void {
    if (this.scale !== null) this.show(this.picture, this.scale, this.choice, width);
  }

  private paint(): void {
    const { root, picture, scale, width, heads } = this;
    const ratio = window.devicePixelRatio;
    const cell = (width - (heads - 1) * GAP) / heads;
    const size = Math.floor(cell * ratio);
    if (scale === null || size <= 0) return;
    // Setting the size also clears it.
    root.width = Math.ceil(width * ratio);
    root.height = size;
    if (picture === null || picture.rows * picture.columns === 0) return;
    // One write to the canvas a layer: each costs a copy of the whole.
    const row = new ImageData(root.width, size);
    for (let head = 0; head < picture.heads; head++) {
      const maximum = picture.maxima[head] ?? 0;
      const colours = scaleOfBytes(scale, maximum, topOf(this.choice, maximum));
      const { rgba } = rasterOfPixels(largestIn(pixelsOf(picture, head), size, size), colours);
      const left = Math.floor(head * (cell + GAP) * ratio);
      for (let y = 0; y < size; y++)
        row.data.set(rgba.subarray(4 * y * size, 4 * (y + 1) * size), 4 * (y * root.width + left));
    }
    contextOf(root).putImageData(row, 0, 0);
  }
}
