import assert from 'node:assert/strict';
import { rowAddress } from '../../../src/navigation/navigationRules';
import type { TraceEvent } from '../../../src/protocol/engineMessages';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import type { ColourScaleChoice } from '../../../src/protocol/readerState';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import { brushName } from '../../../src/host/editor/brush';
import { Colours } from '../../../src/host/editor/colours';
import type { ColourSurface } from '../../../src/host/editor/colourSurface';
import type { TextLink } from '../../../src/host/editor/documentLinks';
import { InspectedTexts } from '../../../src/host/editor/inspectedTexts';
import type { Span } from '../../../src/host/editor/trackedText';
import type { Inspection } from '../../../src/host/inspection/inspection';
import type { ChosenRow } from '../../../src/host/inspection/rows';
import { Signal } from '../../../src/host/signal';
import { plan } from './fakeEngine';
import { ManualClock } from './manualClock';

const MODEL = { folder: '/fake', trainedTokens: null, language: 'fra' };

/** An editor that remembers what was painted in it. */
export class FakeEditor implements ColourSurface {
  readonly painted = new Map<string, readonly Span[]>();
  strokes = 0;
  inSight: Span[] = [[0, 10_000]];
  selection: Span[] = [];

  constructor(readonly uri: string) {}

  visible = (): readonly Span[] => this.inSight;
  selected = (): readonly Span[] => this.selection;
  readonly paint: ColourSurface['paint'] = (brush, spans) => {
    this.strokes++;
    if (spans.length === 0) this.painted.delete(brushName(brush));
    else this.painted.set(brushName(brush), spans);
  };

  get names(): string[] {
    return [...this.painted.keys()].sort();
  }
}

export const FILE = 'file:///text.txt';
export const navigation: Navigation = {
  ...initialNavigation,
  token: { side: 'source', index: 1, locked: false },
};

export function inspectionOf(key: number, change: Partial<Inspection> = {}): Inspection {
  const trace = `trace-${key}`;
  return {
    key,
    subject: {
      text: 'One two',
      place: { uri: FILE, line: 0, character: 0 },
      pair: null,
      origin: 'text.txt:1',
      model: MODEL,
      language: 'fra',
      writing: null,
    },
    snapshot: {
      ...emptySnapshot(trace, 'text.txt:1'),
      plan,
      layers: [
        { stack: 'encoder', layer: 0 },
        { stack: 'encoder', layer: 1 },
      ],
      outcome: 'complete',
    },
    navigation,
    following: false,
    link: 'linked',
    ...change,
  };
}

/** Spans of the fake plan's four tokens: two of them special. */
export const linkOf = (change: Partial<TextLink> = {}): TextLink => ({
  uri: FILE,
  parts: [[0, 7]],
  stale: false,
  spans: [null, [0, 3], [4, 7], null],
  ...change,
});

/** Everything around `Colours`, told by the test what to say. */
export class ColourWorld {
  readonly clock = new ManualClock();
  readonly held = new Map<number, { inspection: Inspection; link: TextLink | null }>();
  readonly editors: FakeEditor[] = [];
  readonly asked: string[] = [];
  approximate = false;
  weights = Float32Array.of(0, 0.25, 1, Number.NaN);
  private gate: Promise<void> | null = null;
  scale: ColourScaleChoice = 'relative';
  readonly inspections = {
    changed: new Signal<Inspection>(),
    events: new Signal<{ readonly inspection: Inspection; readonly event: TraceEvent }>(),
  };
  readonly readerChanged = new Signal<void>();
  readonly linksChanged = new Signal<string>();
  readonly surfaces = {
    all: () => this.editors,
    changed: new Signal<void>(),
    moved: new Signal<ColourSurface>(),
    edited: new Signal<string>(),
    wiped: new Signal<void>(),
    dispose: () => undefined,
  };
  readonly colours: Colours;

  constructor(...uris: string[]) {
    for (const uri of uris) this.editors.push(new FakeEditor(uri));
    const state = (): ColourScaleChoice => this.scale;
    this.colours = new Colours(
      this.inspections,
      {
        changed: this.readerChanged,
        get state() {
          return { colourScale: state() } as Colours['reader']['state'];
        },
      },
      { rowOf: (inspection) => this.rowOf(inspection) },
      new InspectedTexts({
        changed: this.linksChanged,
        inDocument: (uri) => this.inDocument(uri),
        linkOf: (key) => this.held.get(key)?.link ?? null,
      }),
      this.surfaces,
      this.clock,
    );
  }

  get editor(): FakeEditor {
    const [first] = this.editors;
    assert.ok(first !== undefined);
    return first;
  }

  /** Holds an inspection, with its text in the file, and tells of it. */
  async hold(inspection: Inspection, link: TextLink | null = linkOf()): Promise<void> {
    this.held.delete(inspection.key);
    this.held.set(inspection.key, { inspection, link });
    this.readerChanged.emit();
    await settled();
  }

  /** Rows wait until the function it returns is called. */
  holdRows(): () => Promise<void> {
    let open: () => void = () => undefined;
    this.gate = new Promise((resolve) => {
      open = resolve;
    });
    return () => {
      open();
      return settled();
    };
  }

  private inDocument(uri: string): readonly Inspection[] {
    return [...this.held.values()]
      .filter(({ link }) => link?.uri === uri)
      .map(({ inspection }) => inspection)
      .toReversed();
  }

  private async rowOf({ navigation, snapshot }: Inspection): Promise<ChosenRow | null> {
    const address = rowAddress(navigation, snapshot, null);
    this.asked.push(`${snapshot.trace} ${navigation.token?.index ?? ''}`);
    const { weights, gate } = this;
    await gate;
    const tensor = { shape: [weights.length], data: weights.slice().buffer };
    return (
      address && {
        address,
        row: { weights: tensor, norms: tensor, hidden: 0, approximate: this.approximate },
      }
    );
  }
}

/** All that can happen without time passing has happened. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
