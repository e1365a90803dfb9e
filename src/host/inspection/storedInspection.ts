import * as v from 'valibot';
import type { Memento } from 'vscode';
import { keptNavigationSchema, type Navigation } from '../../protocol/navigation';
import { indexSchema } from '../../protocol/address';
import { writingSchema, type Writing } from '../../protocol/writing';
import type { Inspection } from './inspection';
import { charactersOf, type PairedText, type Place } from './subject';

const KEY = 'headlight.inspection';

/** Texts up to this length outlive a window reload; VS Code reads the whole store at each start. */
const STORED_CHARACTERS = 20_000;

const text = {
  text: v.pipe(v.string(), v.maxLength(STORED_CHARACTERS)),
  place: v.nullable(v.strictObject({ uri: v.string(), line: indexSchema, character: indexSchema })),
};

const storedSchema = v.strictObject({
  ...text,
  /** Before there were pairs nothing was said of them. */
  pair: v.optional(v.nullable(v.strictObject(text)), null),
  language: v.nullable(v.string()),
  /** Earlier versions had the model write in its own way. */
  writing: v.optional(v.nullable(writingSchema), null),
  origin: v.string(),
  model: v.string(),
  navigation: keptNavigationSchema,
  following: v.boolean(),
});

/** What is needed to build an inspection again: the text and where the reader stood, nothing derived. */
export interface StoredInspection {
  readonly text: string;
  readonly language: string | null;
  readonly writing: Writing | null;
  readonly origin: string;
  readonly place: Place | null;
  readonly pair: PairedText | null;
  /** Folder of the model that read it. */
  readonly model: string;
  readonly navigation: Navigation;
  readonly following: boolean;
}

/**
 * Keeps the current inspection over a window reload, in the workspace's own store. A write waits
 * for the one before it, and only the newest of those that wait is written.
 */
export class InspectionStore {
  private writing: Promise<void> = Promise.resolve();
  private waiting: StoredInspection | null = null;

  constructor(private readonly memento: Memento) {}

  keep({ subject, navigation, following }: Inspection): void {
    const idle = this.waiting === null;
    const { text, language, writing, origin, place, pair } = subject;
    const model = subject.model.folder;
    this.waiting = { text, language, writing, origin, place, pair, model, navigation, following };
    // A failed write costs the next reload its content, not this session anything.
    if (idle) this.writing = this.writing.then(() => this.write()).catch(() => undefined);
  }

  /** Null if there is none, it is too long, or an older version of Headlight wrote something else. */
  recall(): StoredInspection | null {
    const parsed = v.safeParse(storedSchema, this.memento.get(KEY));
    return parsed.success ? parsed.output : null;
  }

  private async write(): Promise<void> {
    const stored = this.waiting;
    this.waiting = null;
    if (stored === null) return;
    const given = stored.writing?.begin.text?.length ?? 0;
    const tooLong = charactersOf(stored) + given > STORED_CHARACTERS;
    await this.memento.update(KEY, tooLong ? undefined : stored);
  }
}
