import { CHRF_ORDER } from './chrf';
import type { Tokenization } from './tokenization';

/**
 * The sacreBLEU whose definitions are kept here, to the last digit. Headlight computes by its own code;
 * the signature says with which figures its figures may be compared.
 */
const VERSION = '2.6.0';

/** References a sentence; `var`: not the same number everywhere. */
export type ReferenceCount = number | 'var';

export const bleuSignature = (references: ReferenceCount, tokenization: Tokenization): string =>
  `nrefs:${references}|case:mixed|eff:no|tok:${tokenization}|smooth:exp|version:${VERSION}`;

export const chrfSignature = (references: ReferenceCount): string =>
  `nrefs:${references}|case:mixed|eff:yes|nc:${CHRF_ORDER}|nw:0|space:no|version:${VERSION}`;
