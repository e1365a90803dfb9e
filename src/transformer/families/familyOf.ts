import { Failure } from '../../failure/failure';
import type { Family } from './family';
import { marian } from './marian';
import { paper } from './paper';

/** Every family there is. To add one: a file beside `marian.ts` and a line here. */
const FAMILIES: readonly Family[] = [marian, paper];

/** The family of a parsed `config.json`. @throws Failure `config.family` that lists the known ones */
export function familyOf(json: Readonly<Record<string, unknown>>): Family {
  const modelType = json['model_type'];
  const family = FAMILIES.find((one) => one.modelType === modelType);
  if (family) return family;
  throw new Failure('config.family', {
    modelType: typeof modelType === 'string' ? modelType : '?',
    known: FAMILIES.map((one) => one.modelType).join(', '),
  });
}
