/** What a change does to tokens the model predicts or wrote. */
import { divergence } from '../../analysis/divergence';
import { largestAt } from '../../analysis/largestAt';
import { throwIfCancelled } from '../../failure/cancellation';
import { Failure } from '../../failure/failure';
import type { ChangedOutput } from '../../protocol/studies/whatIfOutput';
import type { Tokenizer } from '../../tokens/tokenizer';
import { topIndices } from '../../transformer/generate/topIndices';
import { CANDIDATES } from '../candidates';
import { softmax } from '../probabilities';
import { answerLogits, positionsAtOnce } from '../replay/answerLogits';
import { candidateOf } from '../tokenLabels';
import type { StudyContext } from './studyContext';
import type { BothPasses } from './whatIfOutput';

type Candidate = Extract<ChangedOutput, { kind: 'tokens' }>['candidates'][number];

/** A model that says a token for every token of the text. Null: of its first mask, or its last token. */
export async function changedTokens(
  context: StudyContext,
  passes: BothPasses,
  task: 'nextToken' | 'maskedToken',
  position: number | null,
): Promise<ChangedOutput> {
  const { trace } = context;
  const ids = trace.source.map(({ id }) => id);
  const mask = task === 'maskedToken' ? ids.indexOf(trace.model.tokenizer.roles.mask ?? -1) : -1;
  const at = position ?? (mask >= 0 ? mask : trace.read.length - 1);
  const told = await comparedAt(context, passes, at);
  const actual = ids[task === 'nextToken' ? at + 1 : at];
  return {
    kind: 'tokens',
    position: at,
    candidates: told.candidates,
    divergence: told.divergence,
    actual: actual === undefined ? null : told.candidate(actual),
  };
}

/** A model that wrote a text: it reads what it wrote, and says each token anew. */
export async function changedWriting(
  context: StudyContext,
  passes: BothPasses,
  position: number | null,
): Promise<ChangedOutput> {
  const { trace, model, signal, breathe } = context;
  const steps: Extract<ChangedOutput, { kind: 'written' }>['steps'] = [];
  const together = positionsAtOnce(model);
  for (let from = 0; from < trace.written.length; from += together) {
    const count = Math.min(together, trace.written.length - from);
    const before = await answerLogits(model, passes.asTrained, from, count);
    const after = await answerLogits(model, passes.changed, from, count);
    for (const [i, old] of before.entries()) {
      const { id } = trace.written[from + i]!.token;
      const [asTrained, changed] = [probabilities(old)[id]!, probabilities(after[i]!)[id]!];
      steps.push({ asTrained, changed, divergence: divergence(old, after[i]!) });
    }
    throwIfCancelled(signal);
    await breathe();
  }
  const at = position ?? largestAt(steps.map((step) => step.divergence));
  const told = await comparedAt(context, passes, at);
  return {
    kind: 'written',
    position: at,
    candidates: told.candidates,
    divergence: told.divergence,
    steps,
  };
}

/** Both distributions at a position. */
async function comparedAt(
  { model, trace }: StudyContext,
  passes: BothPasses,
  position: number,
): Promise<{
  readonly candidates: Candidate[];
  readonly divergence: number;
  candidate(id: number): Candidate;
}> {
  const [before] = await answerLogits(model, passes.asTrained, position, 1);
  const [after] = await answerLogits(model, passes.changed, position, 1);
  const [old, now] = [probabilities(before!), probabilities(after!)];
  const candidate = (id: number): Candidate => both(trace.model.tokenizer, id, old[id]!, now[id]!);
  const ids = [before!, after!].flatMap((logits) => topIndices(logits, CANDIDATES));
  return {
    candidates: [...new Set(ids)]
      .map(candidate)
      // What rose to the top stands there, as what fell from it does.
      .sort((a, b) => largerOf(b) - largerOf(a)),
    divergence: divergence(before!, after!),
    candidate,
  };
}

const largerOf = ({ asTrained, changed }: Candidate): number => Math.max(asTrained, changed);

function both(tokenizer: Tokenizer, id: number, asTrained: number, changed: number): Candidate {
  const { label, continues } = candidateOf(tokenizer, { id, probability: asTrained });
  return { id, label, continues, asTrained, changed };
}

/** @throws Failure `model.notNumbers` */
function probabilities(logits: Float32Array): number[] {
  const all = softmax(logits);
  if (all.some(Number.isNaN)) throw new Failure('model.notNumbers');
  return all;
}
