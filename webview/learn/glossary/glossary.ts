/** All terms, in the order in which a text goes through a model. */
import { attentionTerms } from './attentionTerms';
import { headTerms } from './headTerms';
import { inputTerms } from './inputTerms';
import { layerTerms } from './layerTerms';
import { outputTerms } from './outputTerms';
import type { TermGroup } from './term';

export const glossary: readonly TermGroup[] = [
  inputTerms,
  attentionTerms,
  headTerms,
  layerTerms,
  outputTerms,
];
