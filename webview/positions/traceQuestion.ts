/** A question about the trace on screen: forgotten with the trace, asked again when the text has grown. */
import type { QueryName, Question } from '../../src/protocol/queries';
import { Latest, type Known } from '../inspector/latest';
import type { Commands, View } from '../inspector/view';

export class TraceQuestion<N extends QueryName> {
  private readonly latest: Latest<N>;
  private trace: string | null = null;
  /** Tokens when it was last asked. */
  private measured = 0;

  constructor(ask: Commands['ask'], name: N, changed: () => void) {
    this.latest = new Latest<N>((question, signal) => ask(name, question, signal), changed);
  }

  /** @param tokens of the text so far: with more of them the answer may be another */
  want({ snapshot }: View, question: Question<N> | null, tokens: number): Known<N> {
    if (this.trace !== snapshot.trace) this.latest.reset();
    this.trace = snapshot.trace;
    this.latest.want(question);
    if (this.latest.known.fresh && this.measured !== tokens) this.latest.refresh();
    this.measured = tokens;
    return this.latest.known;
  }
}
