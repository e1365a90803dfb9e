// A page of the panel behind its relay, with an engine that says what the test says.
import type { ToPanel } from '../../../src/protocol/panelMessages';
import { Inspections } from '../../../src/host/inspection/inspections';
import { Reader } from '../../../src/host/inspection/reader';
import type { Place } from '../../../src/host/inspection/subject';
import { PanelRelay } from '../../../src/host/views/panelRelay';
import { FakeWorld } from './fakeEngine';

const address = {
  stack: 'encoder',
  layer: 0,
  head: 0,
  hideSpecials: false,
  unit: 'token',
} as const;
export const query = { name: 'matrix', question: address } as const;
export const picture = {
  heads: 1,
  rows: 1,
  columns: 1,
  queries: 1,
  keys: 1,
  maxima: [1],
  approximate: false,
  data: new Uint8Array([255]).buffer,
};

export class Page {
  readonly world = new FakeWorld();
  readonly inspections = new Inspections(
    this.world.client,
    () => `t${++this.traces}`,
    () => 'off',
  );
  readonly reader = new Reader(this.inspections, () => 'relative');
  readonly got: ToPanel[] = [];
  readonly asked: string[] = [];
  readonly relay = new PanelRelay(
    (message) => this.got.push(message),
    this.inspections,
    this.reader,
    this.world.client,
    {
      copy: () =>
        Promise.resolve({ severity: 'info', failure: { code: 'notice.copied', args: {} } }),
      reveal: (_, span) => this.note(`reveal ${span.join('-')}`),
      openCard: () => this.note('card'),
      selfTest: () => this.note('selfTest'),
      copyLink: () =>
        Promise.resolve({ severity: 'info', failure: { code: 'notice.linkCopied', args: {} } }),
      inspect: ({ text }, pinned) =>
        this.note(`inspect ${text} beside ${pinned?.text ?? 'nothing'}`),
      openOutput: ({ snapshot }) => this.note(`output ${snapshot.trace}`),
      rerun: (language) => void this.note(`rerun ${language ?? 'same'}`),
    },
    { bundle: { Layer: '层' }, locale: 'zh-cn' },
  );
  private traces = 0;

  constructor() {
    this.inspections.setPanelOpen(true);
  }

  /** In a document, a text stays when another takes its place. */
  inspectInDocument(text: string): void {
    this.inspect(text, { uri: 'file:///a.txt', line: 0, character: 0 });
  }

  inspect(text = 'One two', place: Place | null = null): void {
    this.inspections.inspect({
      text,
      place,
      pair: null,
      origin: 'a.txt:1',
      model: { folder: '/model', trainedTokens: null, language: null },
      language: null,
      writing: null,
    });
  }

  types(): string[] {
    return this.got.map(({ type }) => type);
  }

  private note(what: string): Promise<void> {
    this.asked.push(what);
    return Promise.resolve();
  }
}
