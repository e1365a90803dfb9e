/** The map as SVG: made anew when its shape changes, else only marked anew. */
import type { Translate } from '../../src/language/translate';
import type { Half } from '../../src/protocol/address';
import { shorten } from '../drawing/axisLabels';
import { setAttribute, setText } from '../parts/element';
import { boxDetail, boxTitle, halfName, streamShape } from './boxWords';
import type { HalfBoxes, MapBox } from './boxes';
import type { Note, Placed, Wire } from './column';
import { mapLayout, type Frame, type MapLayout } from './layout';
import { isLit, isLitWire } from './litPath';
import type { MapSight } from './mapSight';
import { LayerRail } from './layerRail';
import { svg } from './svg';

const BOX_CORNER = 4;
const FRAME_CORNER = 8;
/** Frames behind the first: there is more than one block. */
const BEHIND = 2;
const SHIFT = 3;
/** Lines of a tall box above and below its middle. */
const TITLE_RISE = 7.5;
const DETAIL_FALL = 8.5;
const TALL_FROM = 30;
/** What fits below a column beside the token's place. */
const LONGEST_TOKEN = 16;
/** Baselines of the two lines at the foot: the token, and who reads what. */
const TOKEN_LINE = -23;
const READS_LINE = -6;

interface DrawnBox {
  readonly placed: Placed;
  readonly group: SVGGElement;
  readonly title: SVGTextElement | null;
  readonly detail: SVGTextElement | null;
}

export interface DrawingEvents {
  open(box: MapBox): void;
  goToLayer(half: Half, layer: number): void;
  keydown(event: KeyboardEvent): void;
}

export class Drawing {
  readonly root = svg('svg', { class: 'map-drawing', role: 'listbox' });
  private layout: MapLayout | null = null;
  private boxes: DrawnBox[] = [];
  private wires: { readonly wire: Wire; readonly path: SVGPathElement }[] = [];
  private notes: { readonly note: Note; readonly text: SVGTextElement }[] = [];
  private rails: LayerRail[] = [];
  private tokens: { readonly half: Half; readonly text: SVGTextElement }[] = [];
  private key = '';
  private path = '';

  constructor(
    private readonly t: Translate,
    private readonly events: DrawingEvents,
  ) {
    this.root.addEventListener('keydown', (event) => events.keydown(event));
  }

  get placed(): readonly Placed[] {
    return this.layout?.placed ?? [];
  }

  update(halves: readonly HalfBoxes[], sight: MapSight, opened: string): void {
    const { t } = this;
    const layout = mapLayout(halves, sight.model);
    const key = JSON.stringify([layout, sight.model.name]);
    if (key !== this.key) {
      this.key = key;
      this.make(layout, halves, sight);
    }
    for (const { placed, group, title, detail } of this.boxes) {
      const { box } = placed;
      const words = [boxTitle(box, sight, t), boxDetail(box, sight, t)];
      if (title !== null) {
        setText(title, words[0] ?? '');
        const middle = placed.y + placed.height / 2;
        const two = detail !== null && words[1] !== '';
        setAttribute(title, 'y', two ? middle - TITLE_RISE : middle);
      }
      if (detail !== null) setText(detail, words[1] ?? '');
      const lit = isLit(box, sight);
      group.classList.toggle('lit', lit);
      const path = lit ? t('on the path of “{token}”', { token: sight.token?.label ?? '' }) : '';
      setAttribute(group, 'aria-label', [...words, path].filter((part) => part !== '').join(', '));
      setAttribute(group, 'aria-selected', String(box.key === opened));
      setAttribute(group, 'tabindex', box.key === opened ? 0 : -1);
    }
    for (const { wire, path } of this.wires) path.classList.toggle('lit', isLitWire(wire, sight));
    this.riseAnew(JSON.stringify([key, sight.token]));
    for (const rail of this.rails) rail.update(sight);
    for (const { note, text } of this.notes)
      if (note.text === null) setText(text, streamShape(sight, note.half));
    for (const { half, text } of this.tokens) this.nameTokens(half, text, sight);
  }

  focus(key: string): void {
    this.boxes.find(({ placed }) => placed.box.key === key)?.group.focus();
  }

  /** Another path is drawn once from its foot; style sheets leave that out where motion is unwanted. */
  private riseAnew(path: string): void {
    if (path === this.path) return;
    this.path = path;
    this.root.classList.remove('fresh');
    // Read so that the browser sees the class go before it comes back.
    this.root.getBoundingClientRect();
    this.root.classList.add('fresh');
  }

  private nameTokens(half: Half, text: SVGTextElement, sight: MapSight): void {
    const { t } = this;
    const { token, whole } = sight;
    const own = token !== null && token.half === half;
    const count = sight.tokens[half];
    text.classList.toggle('lit', own);
    setText(
      text,
      own
        ? t('“{token}”, {place} of 0–{last}', {
            token: shorten(token.label, LONGEST_TOKEN),
            place: whole(token.index),
            last: whole(Math.max(count - 1, token.index)),
          })
        : t('{count} tokens', { count: whole(count) }),
    );
  }

  private make(layout: MapLayout, halves: readonly HalfBoxes[], sight: MapSight): void {
    this.layout = layout;
    const { left, top, width, height } = layout;
    setAttribute(this.root, 'viewBox', `${left} ${top} ${width} ${height}`);
    setAttribute(
      this.root,
      'aria-label',
      this.t('The parts of {model}', { model: sight.model.name }),
    );
    this.root.classList.toggle('single', halves.length === 1);
    this.rails = layout.frames.map((frame) => new LayerRail(frame, this.t, this.events));
    this.wires = layout.wires.map((wire) => ({ wire, path: drawnWire(wire) }));
    this.boxes = layout.placed.map((placed) => this.box(placed));
    this.tokens = Object.entries(layout.inputs).map(([half, { x, y }]) => ({
      half: half === 'encoder' ? 'encoder' : 'decoder',
      text: svg('text', { class: 'map-token', x, y: y + TOKEN_LINE, 'text-anchor': 'middle' }),
    }));
    this.notes = layout.notes.map((note) => ({ note, text: drawnNote(note) }));
    const decoration = svg(
      'g',
      { 'aria-hidden': 'true' },
      ...layout.frames.flatMap(frameOf),
      ...this.wires.map(({ path }) => path),
      ...this.notes.map(({ text }) => text),
      ...this.tokens.map(({ text }) => text),
      ...Object.entries(layout.inputs).map(([half, { x, y }]) =>
        svg(
          'text',
          { class: 'map-note', x, y: y + READS_LINE, 'text-anchor': 'middle' },
          readsWhat(half === 'encoder' ? 'encoder' : 'decoder', sight, this.t),
        ),
      ),
      ...this.rails.map(({ root }) => root),
    );
    this.root.replaceChildren(
      arrowHeads(),
      decoration,
      ...halves.map(({ half }) =>
        svg(
          'g',
          { role: 'group', 'aria-label': halfName(half, this.t) },
          ...this.boxes.filter(({ placed }) => placed.box.half === half).map(({ group }) => group),
        ),
      ),
    );
  }

  private box(placed: Placed): DrawnBox {
    const { box, x, y, width, height, shape } = placed;
    const group = svg('g', {
      class: `map-box ${box.kind} ${shape}`,
      role: 'option',
      'data-box': box.key,
    });
    group.addEventListener('click', () => this.events.open(box));
    const [centre, middle] = [x + width / 2, y + height / 2];
    if (shape === 'circle') {
      const radius = width / 2;
      const arm = radius - 4;
      group.append(
        svg('circle', { class: 'shape', cx: centre, cy: middle, r: radius }),
        svg('path', {
          class: 'sign',
          d: `M${centre - arm} ${middle}H${centre + arm}M${centre} ${middle - arm}V${middle + arm}`,
        }),
      );
      return { placed, group, title: null, detail: null };
    }
    const rect = { class: 'shape', x, y, width, height, rx: shape === 'strip' ? 2 : BOX_CORNER };
    const tall = height > TALL_FROM;
    const text = (kind: string, at: number): SVGTextElement =>
      svg('text', { class: kind, x: centre, y: at, 'text-anchor': 'middle', dy: '0.34em' });
    const title = text('map-title', middle);
    const detail = tall ? text('map-detail', middle + DETAIL_FALL) : null;
    group.append(svg('rect', rect), title, ...(detail === null ? [] : [' ', detail]));
    return { placed, group, title, detail };
  }
}

function readsWhat(half: Half, { model }: MapSight, t: Translate): string {
  if (half === 'encoder') return t('the encoder reads the text');
  return model.architecture === 'decoder'
    ? t('the decoder reads the text')
    : t('the decoder reads what it wrote');
}

function drawnWire({ path, part, arrow }: Wire): SVGPathElement {
  return svg('path', {
    class: `map-wire ${part}`,
    d: path,
    pathLength: 1,
    'marker-end': arrow ? 'url(#map-arrow)' : null,
  });
}

const drawnNote = ({ x, y, text, anchor }: Note): SVGTextElement =>
  svg(
    'text',
    { class: 'map-note', x, y, 'text-anchor': anchor, dy: '0.32em' },
    ...(text === null ? [] : [text]),
  );

function frameOf({ x, y, width, height, layers }: Frame): SVGElement[] {
  const behind = Math.min(BEHIND, layers - 1);
  return Array.from({ length: behind + 1 }, (_, i) => {
    const shift = (behind - i) * SHIFT;
    return svg('rect', {
      class: 'map-frame',
      x: x + shift,
      y: y - shift,
      width: width - behind * SHIFT,
      height,
      rx: FRAME_CORNER,
    });
  });
}

/** `context-stroke` gives each arrow the colour of its line. */
const arrowHeads = (): SVGElement =>
  svg(
    'defs',
    {},
    svg(
      'marker',
      {
        id: 'map-arrow',
        viewBox: '0 0 8 8',
        refX: 7,
        refY: 4,
        markerWidth: 6.5,
        markerHeight: 6.5,
        markerUnits: 'userSpaceOnUse',
        orient: 'auto',
      },
      svg('path', { d: 'M0 0.5L8 4L0 7.5Z', fill: 'context-stroke' }),
    ),
  );
