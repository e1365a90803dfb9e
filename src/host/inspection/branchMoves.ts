import { Failure } from '../../failure/failure';
import { canWrite } from '../../navigation/canWrite';
import type { TraceId } from '../../protocol/trace';
import type { Writing } from '../../protocol/writing';
import { idsOf, writingToShow } from './branchTree';
import { isGone } from './inspection';
import type { Inspections } from './inspections';
import type { Reader } from './reader';

/** What a reader does with outputs: has them written, walks from one to another, takes them away. */
export class BranchMoves {
  constructor(
    private readonly inspections: Inspections,
    private readonly reader: Reader,
  ) {}

  /**
   * Has the model write from the text on screen; what it writes grows from the output on screen.
   * @throws Failure `trace.gone`, `writing.noOutput`
   */
  write(trace: TraceId, writing: Writing | null): void {
    const { current } = this.inspections;
    if (current === null || current.snapshot.trace !== trace) throw new Failure('trace.gone');
    const model = current.snapshot.plan?.model;
    if (writing !== null && model !== undefined && !canWrite(model))
      throw new Failure('writing.noOutput', { model: model.name });
    this.inspections.rerun(current.key, { writing });
  }

  /** Goes to a branch of the text on screen: to where it is in memory, or by reading its tokens again. */
  show(id: number): void {
    const { inspections, reader } = this;
    const { current } = inspections;
    const branch = reader.branches.get(id);
    if (current === null || branch === null || reader.branches.shown === id) return;
    const there = reader.branches
      .keysOf(id)
      .map((key) => inspections.get(key))
      .find((one) => one !== null && !isGone(one));
    if (there) inspections.show(there.key);
    else inspections.rerun(current.key, { writing: writingToShow(branch) }, idsOf(branch));
  }

  /** Keeps what is on screen, and puts a branch beside it. */
  compare(id: number): void {
    const { reader } = this;
    const { shown } = reader.branches;
    const branch = reader.branches.get(id);
    if (branch === null || shown === id) return;
    if (reader.branches.list.some((one) => one.id === id && one.pinned)) reader.swap();
    else {
      reader.pinHere();
      this.show(id);
    }
    reader.navigate({ view: 'compare' });
  }

  /**
   * Takes a branch and all that grew from it away. Who looks at one of them looks at its parent then. A
   * branch that began by itself stays: there would be nothing to look at.
   */
  prune(id: number): void {
    const { reader } = this;
    const { branches } = reader;
    const parent = branches.get(id)?.parent ?? null;
    if (parent === null) return;
    const family = branches.family(id);
    if (branches.list.some((one) => one.pinned && family.has(one.id))) reader.unpin();
    if (branches.shown !== null && family.has(branches.shown)) this.show(parent);
    branches.drop(family);
    reader.refresh();
  }
}
