import { DisposableStore, type Disposable } from '../disposables';
import type { Clock } from '../engine/clock';
import { isRunning, type Inspection } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import type { ChosenRow, Rows } from '../inspection/rows';
import type { Stroke } from './brush';
import { ColourPainter } from './colourPainter';
import type { ColouredTexts } from './colouredTexts';
import type { ColourSurface, ColourSurfaces } from './colourSurface';

/**
 * Decorations alive in all editors together. VS Code draws each as an element of its own; a screen
 * of text has about this many tokens.
 */
export const MAX_DECORATIONS = 500;

/** One frame: scrolling asks for colours more often than a screen can show them. */
const FRAME_MS = 16;

/**
 * A pause in typing. While keys are pressed VS Code itself moves the colours along; offsets sent
 * meanwhile would arrive after the next key, beside their characters.
 */
const PAUSE_MS = 200;

/** An editor and what is painted in it. */
interface Canvas {
  readonly surface: ColourSurface;
  readonly painter: ColourPainter;
  /** Key of the inspection whose colours are painted. */
  shown: number | null;
  /** A question is about to be asked. */
  due: boolean;
  /** A question is under way. */
  asking: boolean;
  /** Something changed since it was asked. */
  again: boolean;
  /** Waits for the next frame, or for a pause in typing. */
  waiting: Disposable | null;
  /** The document was edited; colours wait for a pause. */
  typing: boolean;
}

/**
 * Colours the inspected texts, and the outputs, in the editors on screen by the row that the reader stands on. Each
 * editor has at most one question under way and paints its answer over the one before, so that
 * moving never shows an uncoloured text, however slow the engine is.
 */
export class Colours implements Disposable {
  private readonly store = new DisposableStore();
  private readonly canvases = new Map<ColourSurface, Canvas>();
  private shows = true;

  constructor(
    inspections: Pick<Inspections, 'changed' | 'events'>,
    private readonly reader: Pick<Reader, 'changed' | 'state'>,
    private readonly rows: Pick<Rows, 'rowOf'>,
    private readonly texts: ColouredTexts,
    private readonly surfaces: ColourSurfaces,
    private readonly clock: Clock,
  ) {
    const refresh = (): void => this.refresh();
    this.store.add(reader.changed.on(refresh));
    this.store.add(inspections.changed.on(refresh));
    this.store.add(inspections.events.on(({ event }) => event.type !== 'picture' && refresh()));
    this.store.add(texts.changed.on((uri) => this.soon((one) => one.uri === uri)));
    this.store.add(surfaces.changed.on(() => this.meet()));
    this.store.add(surfaces.moved.on((surface) => this.soon((one) => one === surface)));
    this.store.add(surfaces.edited.on((uri) => this.edited(uri)));
    this.store.add(
      surfaces.wiped.on(() => {
        for (const { painter } of this.canvases.values()) painter.lost();
        refresh();
      }),
    );
    this.meet();
  }

  get enabled(): boolean {
    return this.shows;
  }

  /** Decorations alive in all editors. */
  get count(): number {
    return [...this.canvases.values()].reduce((sum, { painter }) => sum + painter.count, 0);
  }

  /** What is painted in the editors of a document. For tests. */
  strokesIn(uri: string): readonly Stroke[] {
    return [...this.canvases.values()].flatMap(({ surface, painter }) =>
      surface.uri === uri ? painter.strokes : [],
    );
  }

  /** Hides the colours until they are asked for again, or shows them again. */
  toggle(): void {
    this.shows = !this.shows;
    this.refresh();
  }

  dispose(): void {
    this.store.dispose();
    for (const { waiting } of this.canvases.values()) waiting?.dispose();
    this.canvases.clear();
  }

  /** Takes note of which editors are on screen. */
  private meet(): void {
    const now = new Set(this.surfaces.all());
    for (const [surface, { waiting }] of this.canvases) {
      if (now.has(surface)) continue;
      waiting?.dispose();
      this.canvases.delete(surface);
    }
    for (const surface of now) {
      if (this.canvases.has(surface)) continue;
      const painter = new ColourPainter(surface.paint);
      const idle = { shown: null, due: false, asking: false, again: false };
      this.canvases.set(surface, { surface, painter, ...idle, waiting: null, typing: false });
    }
    // All of them: they share the number of decorations there may be.
    this.refresh();
  }

  private refresh(): void {
    for (const canvas of this.canvases.values()) void this.ask(canvas);
  }

  private soon(which: (surface: ColourSurface) => boolean): void {
    for (const canvas of this.canvases.values())
      if (canvas.waiting === null && which(canvas.surface) && !this.isPlain(canvas))
        this.wait(canvas, FRAME_MS);
  }

  private edited(uri: string): void {
    for (const canvas of this.canvases.values()) {
      if (canvas.surface.uri !== uri || this.isPlain(canvas)) continue;
      canvas.painter.doubt();
      if (!this.texts.isTyped(uri)) {
        if (canvas.waiting === null) this.wait(canvas, FRAME_MS);
        continue;
      }
      canvas.typing = true;
      canvas.waiting?.dispose();
      this.wait(canvas, PAUSE_MS);
    }
  }

  private wait(canvas: Canvas, milliseconds: number): void {
    canvas.waiting = this.clock.after(milliseconds, () => {
      canvas.waiting = null;
      canvas.typing = false;
      void this.ask(canvas);
    });
  }

  /** Neither inspected nor coloured: typing and scrolling there are none of our business. */
  private isPlain({ surface, painter }: Canvas): boolean {
    return painter.count === 0 && this.texts.inspectionIn(surface.uri) === null;
  }

  /** What changes together tells of it one after the other: all of that asks once. */
  private async ask(canvas: Canvas): Promise<void> {
    if (canvas.due || canvas.typing) return;
    canvas.due = true;
    await Promise.resolve();
    canvas.due = false;
    if (this.inspectionFor(canvas) === null) this.show(canvas, null, []);
    canvas.again = true;
    if (canvas.asking) return;
    canvas.asking = true;
    try {
      while (canvas.again) {
        canvas.again = false;
        await this.colour(canvas);
      }
    } finally {
      canvas.asking = false;
    }
  }

  private async colour(canvas: Canvas): Promise<void> {
    const inspection = this.inspectionFor(canvas);
    if (inspection === null) return;
    const { surface } = canvas;
    const asks = this.texts.asksRow(surface.uri, inspection);
    const row = asks ? await this.rowOf(inspection) : null;
    const { key, snapshot } = inspection;
    // Meanwhile the text may have gone or been run anew, its editor gone, the colours switched off.
    const trace = this.inspectionFor(canvas)?.snapshot.trace;
    if (trace !== snapshot.trace || canvas.typing) return;
    // A new run of the same text, whose numbers are still to come: they take the place of these.
    if (asks && row === null && isRunning(inspection) && canvas.shown === key) return;
    const { colourScale: scale } = this.reader.state;
    const limit = Math.floor(MAX_DECORATIONS / Math.max(1, this.inspectedCount()));
    const strokes = this.texts.strokes(surface, inspection, row, { scale, limit });
    if (strokes !== null) this.show(canvas, key, strokes);
  }

  private show(canvas: Canvas, key: number | null, strokes: readonly Stroke[]): void {
    if (!this.canvases.has(canvas.surface)) return;
    canvas.shown = key;
    canvas.painter.show(strokes);
  }

  private inspectionFor({ surface }: Canvas): Inspection | null {
    if (!this.shows || !this.canvases.has(surface)) return null;
    return this.texts.inspectionIn(surface.uri);
  }

  /** Null where there are no weights: not computed, or gone. */
  private async rowOf(inspection: Inspection): Promise<ChosenRow | null> {
    try {
      return await this.rows.rowOf(inspection);
    } catch {
      // Whoever asked for the run is told why; there is nothing to colour with.
      return null;
    }
  }

  /** Editors that show a text with colours. */
  private inspectedCount(): number {
    return [...this.canvases.keys()].filter(({ uri }) => this.texts.inspectionIn(uri) !== null)
      .length;
  }
}
