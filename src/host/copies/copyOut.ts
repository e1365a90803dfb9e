import { Failure } from '../../failure/failure';
import { colouredSide } from '../../navigation/navigationRules';
import { rowCsv } from '../../navigation/rowCsv';
import { listedOf } from '../../navigation/traceState';
import type { Copy } from '../../protocol/panelMessages';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import type { EngineClient } from '../engine/engineClient';
import type { Notice } from '../inspection/notice';
import { matrixFile, matrixFileName } from './matrixFile';

/** Where copies go. Behind a port because a test cannot press the buttons of a save dialog. */
export interface CopyTargets {
  clipboard(text: string): Promise<void>;
  /** Asks for a place and writes there. Name of the file written, or null if the reader thought better. */
  save(suggestedName: string, bytes: Uint8Array): Promise<string | null>;
}

/** Takes out of a trace what the panel asked for. Null: the reader closed the dialog. */
export async function copyOut(
  engine: Pick<EngineClient, 'ask'>,
  targets: CopyTargets,
  snapshot: TraceSnapshot,
  copy: Copy,
): Promise<Notice | null> {
  const { trace } = snapshot;
  switch (copy.what) {
    case 'rowCsv': {
      const row = await engine.ask(trace, { name: 'row', question: copy.address });
      if (row.approximate) throw new Failure('trace.approximate');
      const { stack, direction, unit } = copy.address;
      const others = listedOf(snapshot, colouredSide(snapshot, stack, direction), unit);
      return copied(targets, rowCsv(others, row));
    }
    case 'python': {
      const { what: _, ...question } = copy;
      const { code } = await engine.ask(trace, { name: 'python', question });
      return copied(targets, code);
    }
    case 'matrixNpy': {
      const { what: _, ...address } = copy;
      const file = await matrixFile(engine, trace, address);
      return saved(targets, matrixFileName(address, 'npy'), file);
    }
    case 'png':
      return saved(targets, 'headlight.png', new Uint8Array(copy.data));
    case 'svg':
      return saved(targets, 'headlight.svg', new TextEncoder().encode(copy.text));
  }
}

async function copied(targets: CopyTargets, text: string): Promise<Notice> {
  await targets.clipboard(text);
  return { severity: 'info', failure: new Failure('notice.copied').toWire() };
}

async function saved(
  targets: CopyTargets,
  name: string,
  bytes: Uint8Array,
): Promise<Notice | null> {
  const file = await targets.save(name, bytes);
  if (file === null) return null;
  return { severity: 'info', failure: new Failure('notice.saved', { file }).toWire() };
}
