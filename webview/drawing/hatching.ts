/** Marks what is not there: a hatched field is nobody's zero. */

/** CSS pixels between two lines of the hatching. */
const SPACING = 5;
/** Plain to see, and quieter than any weight. */
const OPACITY = 0.45;

/** Fills a rectangle with diagonal lines that meet at its neighbours' edges. */
export function hatch(
  context: CanvasRenderingContext2D,
  [x, y, width, height]: readonly [number, number, number, number],
  colours: { readonly line: string; readonly background: string },
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.fillStyle = colours.background;
  context.fillRect(x, y, width, height);
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.globalAlpha = OPACITY;
  context.beginPath();
  // Lines x + y = n · SPACING of the whole canvas, so that fields side by side continue each other.
  const last = Math.ceil((x + y + width + height) / SPACING);
  for (let n = Math.floor((x + y) / SPACING); n <= last; n++) {
    context.moveTo(n * SPACING - y, y);
    context.lineTo(n * SPACING - y - height, y + height);
  }
  context.stroke();
  context.restore();
}
