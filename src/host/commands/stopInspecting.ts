import type { Inspections } from '../inspection/inspections';

/**
 * Lets go of all that is inspected in a file; where nothing is, of the current inspection. To a
 * reader a notebook is one file: no cell stays coloured.
 * Colours and traces go with it. `uri`: of the document that the reader looks at, if any.
 */
export function stopInspecting(
  inspections: Pick<Inspections, 'current' | 'drop'>,
  links: { inFile(uri: string): readonly { readonly key: number }[] },
  uri: string | null,
): void {
  const here = uri === null ? [] : links.inFile(uri);
  const { current } = inspections;
  const keys = here.length > 0 ? here.map(({ key }) => key) : current === null ? [] : [current.key];
  for (const key of keys) inspections.drop(key);
}
