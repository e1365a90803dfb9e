/** Small line drawings in the colour of the text around them: the page loads no icon font. */

const SVG = 'http://www.w3.org/2000/svg';

/** Paths on a grid of 16 × 16. */
const paths = {
  back: 'M13 8H3.5M7.5 4l-4 4 4 4',
  forward: 'M3 8h9.5M8.5 4l4 4-4 4',
  pin: 'M5.5 2.5h5M6.5 2.5v4l-2 2.5h7l-2-2.5v-4M8 9v4.5',
  link: 'M6.3 9.7l3.4-3.4M7.5 4.8l1.2-1.2a2.6 2.6 0 0 1 3.7 3.7l-1.2 1.2M8.5 11.2l-1.2 1.2a2.6 2.6 0 0 1-3.7-3.7l1.2-1.2',
  close: 'M4 4l8 8M12 4l-8 8',
  first: 'M4 3.5v9M12.5 4L7 8l5.5 4z',
  previous: 'M11 4L5 8l6 4z',
  play: 'M5 3.5v9l7.5-4.5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  next: 'M5 4l6 4-6 4z',
  last: 'M12 3.5v9M3.5 4L9 8l-5.5 4z',
  swap: 'M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13',
} as const;

export type IconName = keyof typeof paths;

/** The button around it carries the name; the picture says nothing to screen readers. */
export function icon(name: IconName): SVGElement {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('class', 'icon');
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', paths[name]);
  drawing.append(path);
  return drawing;
}
