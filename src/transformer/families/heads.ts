import { Failure } from '../../failure/failure';
import type { Activation, HeadConfig, NormConfig, Task } from '../config';
import type { ConfigReader } from './configReader';

const base: HeadConfig = {
  task: null,
  outputs: 0,
  reads: 'all',
  transform: null,
  tied: false,
  scale: 1,
  labels: [],
  labelKind: 'single',
};

/** Scores of the token that follows (section 3.4). */
export const nextTokenHead = (vocabulary: number, tied: boolean, scale = 1): HeadConfig => ({
  ...base,
  task: 'nextToken',
  outputs: vocabulary,
  tied,
  scale,
});

/** Scores of the token that a mask stands for: dense, non-linearity, norm, then the token table. */
export const maskedTokenHead = (
  vocabulary: number,
  tied: boolean,
  transform: { width: number; activation: Activation; norm: NormConfig },
): HeadConfig => ({ ...base, task: 'maskedToken', outputs: vocabulary, tied, transform });

/** A dense layer with a non-linearity over the first token: of a label head, or by itself. */
export const firstTokenDense = (
  width: number,
  activation: Activation,
): Pick<HeadConfig, 'reads' | 'transform'> => ({
  reads: 'first',
  transform: { width, activation, norm: null },
});

/** The first token's state through a dense layer: what a base model gives beside its states. */
export const poolerHead = (width: number): HeadConfig => ({
  ...base,
  outputs: width,
  ...firstTokenDense(width, 'tanh'),
});

/** Scores of labels. */
export function labelHead(
  read: ConfigReader,
  task: Extract<Task, 'sequenceLabels' | 'tokenLabels'>,
  shape: Partial<HeadConfig> = {},
): HeadConfig {
  const labels = labelsOf(read);
  return {
    ...base,
    task,
    outputs: labels.length,
    labels,
    labelKind: labelKind(read, labels.length),
    ...shape,
  };
}

/** Two scores a token: the answer begins, ends here. */
export const answerHead: HeadConfig = { ...base, task: 'answerSpan', outputs: 2 };

/** One score a token: it was replaced (Clark et al. 2020). */
export const replacedTokenHead = (width: number, activation: Activation): HeadConfig => ({
  ...base,
  task: 'replacedToken',
  outputs: 1,
  transform: { width, activation, norm: null },
});

/** Whether the second text follows the first (Devlin et al. 2019, section 3.1). */
export const nextSentenceHead = (width: number): HeadConfig => ({
  ...base,
  task: 'sequenceLabels',
  outputs: 2,
  labels: ['IsNext', 'NotNext'],
  ...firstTokenDense(width, 'tanh'),
});

/** As many as the reference makes where the file is silent. */
const DEFAULT_LABELS = 2;
/** Most labels of a classifier: the largest published have some 20,000. A list of them is made before any weight is read. */
const MAX_LABELS = 100_000;

function labelsOf(read: ConfigReader): string[] {
  const named = read.section('id2label');
  const names = named && new Map(named.entries());
  const count = names?.size ?? read.count('num_labels', DEFAULT_LABELS);
  if (count > MAX_LABELS) {
    const supported = `1 to ${MAX_LABELS}`;
    throw new Failure('config.option', { option: 'num_labels', value: count, supported });
  }
  return Array.from({ length: count }, (_, id) => {
    const name = names?.get(String(id));
    return typeof name === 'string' ? name : `LABEL_${id}`;
  });
}

function labelKind(read: ConfigReader, labels: number): HeadConfig['labelKind'] {
  const kinds = {
    single_label_classification: 'single',
    multi_label_classification: 'multi',
    regression: 'regression',
  } as const;
  const otherwise = labels === 1 ? 'regression' : 'single_label_classification';
  const names = Object.keys(kinds) as (keyof typeof kinds)[];
  return kinds[read.choice('problem_type', names, otherwise)];
}
