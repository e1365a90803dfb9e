import { Failure } from '../../failure/failure';
import type { Json } from '../generate/optionReader';
import { albert } from './albert';
import { bart } from './bart';
import { bert } from './bert';
import { bloom } from './bloom';
import { distilbert } from './distilbert';
import { electra } from './electra';
import type { Family } from './family';
import { gemma } from './gemma';
import { gpt2 } from './gpt2';
import { gptj } from './gptj';
import { gptNeo } from './gptNeo';
import { gptNeox } from './gptNeox';
import { llama } from './llama';
import { marian } from './marian';
import { mbart } from './mbart';
import { mistral } from './mistral';
import { opt } from './opt';
import { paper } from './paper';
import { qwen2 } from './qwen2';
import { qwen3 } from './qwen3';
import { roberta } from './roberta';
import { t5 } from './t5';

/** Every family there is. To add one: a file beside `marian.ts` and a line here. */
const FAMILIES: readonly Family[] = [
  ...[bert, roberta, distilbert, albert, electra],
  ...[gpt2, gptNeo, gptNeox, gptj, llama, mistral, qwen2, qwen3, gemma, opt, bloom],
  ...[marian, bart, mbart, t5, paper],
];

/** The family of a parsed `config.json`. @throws Failure `config.family` that lists the known ones */
export function familyOf(json: Json): Family {
  const modelType = json['model_type'];
  const family = FAMILIES.find((one) => one.modelType === modelType);
  if (family) return family;
  throw new Failure('config.family', {
    modelType: typeof modelType === 'string' ? modelType : '?',
    known: FAMILIES.map((one) => one.modelType).join(', '),
  });
}
