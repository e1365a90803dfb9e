/** The lattice as SVG in a room that scrolls: only the columns in sight are drawn. */
import { element, setAttribute } from '../../parts/element';
import { svg } from '../../map/svg';
import { fitted } from './fitted';
import type { Lattice, LatticeNode } from './beamLattice';
import { beamLabel } from './beamWords';

const COLUMN = 84;
const BOX = { width: 66, height: 18 } as const;
/** Of many beams each gets less room. */
const LANE = 24;
const NARROW_LANE = 20;
const MANY_LANES = 12;
const HEAD = 20;
/** Letters of the page's small type that fit into a box. */
const LETTERS = 9;
/** How a line that will die fades: so many steps before its end. */
const FADING_STEPS = 3;

export interface Drawn {
  readonly lattice: Lattice;
  readonly winner: ReadonlySet<LatticeNode>;
  /** Column that the reader stands at; null: none of these. */
  readonly current: number | null;
  readonly cursor: LatticeNode | null;
}

export interface DrawingEvents {
  point(node: LatticeNode | null): void;
  pick(node: LatticeNode): void;
}

export class BeamDrawing {
  readonly room: HTMLElement;
  private readonly picture = svg('svg', { class: 'beam-picture', 'aria-hidden': 'true' });
  private drawn: Drawn | null = null;
  private frame: number | null = null;

  constructor(name: string, describedBy: string, events: DrawingEvents) {
    this.room = element(
      'div',
      {
        class: 'beam-room',
        attributes: {
          role: 'application',
          tabindex: 0,
          'aria-label': name,
          'aria-describedby': describedBy,
        },
        on: { scroll: () => this.schedule(), pointerleave: () => events.point(null) },
      },
      this.picture,
    );
    this.picture.addEventListener('pointermove', (event) => events.point(this.at(event)));
    this.picture.addEventListener('click', (event) => {
      const node = this.at(event);
      if (node !== null) events.pick(node);
    });
    // The room is narrow, wide, or hidden: what is in sight changes with it.
    new ResizeObserver(() => this.schedule()).observe(this.room);
  }

  update(drawn: Drawn): void {
    const { lattice, winner, current, cursor } = drawn;
    const before = this.drawn;
    // The page is drawn anew with every move of the pointer; this seldom changes.
    if (
      before?.lattice === lattice &&
      before.winner === winner &&
      before.current === current &&
      before.cursor === cursor
    )
      return;
    const atEnd = this.isAtEnd();
    const grown = lattice.columns.length > (before?.lattice.columns.length ?? 0);
    this.drawn = drawn;
    const width = lattice.columns.length * COLUMN;
    const height = HEAD + lattice.lanes * this.lane;
    setAttribute(this.picture, 'width', width);
    setAttribute(this.picture, 'height', height);
    setAttribute(this.picture, 'viewBox', `0 0 ${width} ${height}`);
    // Who looks at the newest step goes on doing so; who scrolled back is not taken away.
    if (grown && atEnd) this.room.scrollLeft = width;
    this.draw();
  }

  /** Brings a column into sight, by as little as that takes. */
  reveal(step: number): void {
    const { scrollLeft, clientWidth } = this.room;
    const left = step * COLUMN;
    if (left < scrollLeft) this.room.scrollLeft = left;
    else if (left + COLUMN > scrollLeft + clientWidth)
      this.room.scrollLeft = left + COLUMN - clientWidth;
  }

  private get lane(): number {
    return (this.drawn?.lattice.lanes ?? 0) > MANY_LANES ? NARROW_LANE : LANE;
  }

  private isAtEnd(): boolean {
    const { scrollLeft, clientWidth, scrollWidth } = this.room;
    return scrollLeft + clientWidth >= scrollWidth - COLUMN / 2;
  }

  private schedule(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  private at({ offsetX, offsetY }: MouseEvent): LatticeNode | null {
    const step = Math.floor(offsetX / COLUMN);
    const lane = Math.floor((offsetY - HEAD) / this.lane);
    const column = this.drawn?.lattice.columns[step] ?? [];
    return column.find((node) => node.lane === lane) ?? null;
  }

  private draw(): void {
    const { drawn } = this;
    if (drawn === null) return;
    const { scrollLeft, clientWidth } = this.room;
    const first = Math.max(0, Math.floor(scrollLeft / COLUMN) - 1);
    const behind = Math.ceil((scrollLeft + clientWidth) / COLUMN) + 1;
    const columns = drawn.lattice.columns.slice(first, behind);
    const nodes = columns.flat();
    const { current } = drawn;
    const height = HEAD + drawn.lattice.lanes * this.lane;
    const onTop = (node: LatticeNode): number => Number(drawn.winner.has(node));
    this.picture.replaceChildren(
      ...(current === null
        ? []
        : [
            svg('rect', {
              class: 'beam-current',
              x: current * COLUMN,
              y: 0,
              width: COLUMN,
              height,
            }),
          ]),
      ...columns.map((_, i) => this.head(first + i)),
      ...nodes.toSorted((a, b) => onTop(a) - onTop(b)).flatMap((node) => this.link(node)),
      ...nodes.map((node) => this.box(node, drawn)),
    );
  }

  private head(step: number): SVGElement {
    const x = step * COLUMN + COLUMN / 2;
    const kind = step === this.drawn?.current ? 'beam-step current' : 'beam-step';
    return svg('text', { class: kind, x, y: HEAD - 7, 'text-anchor': 'middle' }, String(step + 1));
  }

  private middle({ lane }: LatticeNode): number {
    return HEAD + (lane + 0.5) * this.lane;
  }

  private link(node: LatticeNode): readonly SVGElement[] {
    const { parent, step } = node;
    if (parent === null) return [];
    const from = step * COLUMN - (COLUMN - BOX.width) / 2;
    const to = step * COLUMN + (COLUMN - BOX.width) / 2;
    const [above, below] = [this.middle(parent), this.middle(node)];
    const bend = (from + to) / 2;
    return [
      svg('path', {
        class: `beam-link ${this.kindOf(node)}`,
        d: `M${from} ${above}C${bend} ${above} ${bend} ${below} ${to} ${below}`,
      }),
    ];
  }

  private box(node: LatticeNode, { cursor }: Drawn): SVGElement {
    const x = node.step * COLUMN + (COLUMN - BOX.width) / 2;
    const y = this.middle(node) - BOX.height / 2;
    const ends = x + BOX.width;
    const at = node === cursor ? ' cursor' : '';
    return svg(
      'g',
      { class: `beam-node ${this.kindOf(node)}${at}` },
      svg('rect', { class: 'beam-box', x, y, ...BOX, rx: 2 }),
      svg(
        'text',
        { x: x + BOX.width / 2, y: y + BOX.height / 2, 'text-anchor': 'middle', dy: '0.34em' },
        fitted(beamLabel(node), LETTERS),
      ),
      // Finished: a bar behind it. Dead: a cross.
      ...(node.fate === 'ended'
        ? [svg('path', { class: 'beam-end', d: `M${ends + 4} ${y}v${BOX.height}` })]
        : []),
      ...(node.fate === 'died'
        ? [svg('path', { class: 'beam-death', d: `M${ends + 2} ${y + 6}l6 6m0 -6l-6 6` })]
        : []),
    );
  }

  private kindOf(node: LatticeNode): string {
    const { life } = node;
    if (this.drawn?.winner.has(node) === true) return 'winner';
    if (life === null) return node.fate === 'left' ? 'left' : 'alive';
    return `dying fade-${Math.min(life, FADING_STEPS)}`;
  }
}
