/** A node of the *Heads* view in words. Pure. */
import type { Translate } from '../../language/translate';
import { shortName, stackName } from '../../navigation/names';
import { EDITOR_STEPS } from '../../palette/editorSteps';
import { stepColourId } from '../../palette/themeColours';
import { stepOf } from '../../palette/weightCoding';
import type { HeadProfile } from '../../protocol/headProfile';
import type { HeadOrder } from './headOrder';
import { layerWords } from './headChoices';
import type { HeadNode, MatrixNode } from './headNodes';
import { allMeasures, briefly, exactly, measureWords, tellingWords } from './measures';

export interface HeadLine {
  readonly label: string;
  readonly description: string;
  /** Name of an icon, and the id of a theme colour for it. */
  readonly icon: { readonly name: string; readonly colour: string | null } | null;
  /** Markdown without a word of the inspected text. */
  readonly tooltip: string;
  /** For a screen reader. */
  readonly spoken: string;
}

export function headLine(node: HeadNode, order: HeadOrder, t: Translate): HeadLine {
  switch (node.kind) {
    case 'stack':
      return plain(stackName(node.stack, t));
    case 'layer':
      return plain(
        node.layer === 'mean' ? t('All layers') : t('Layer {layer}', { layer: node.layer }),
        layerWords(node.stack, node.layer, t),
      );
    case 'unmeasured': {
      const { count } = node;
      const line = plain(t('{count} heads have no such measure', { count }));
      const tooltip = t(
        'Distances between tokens mean nothing from one text to another (cross-attention), a decoder sees no later token, and some texts repeat none.',
      );
      return { ...line, tooltip, icon: { name: 'info', colour: null } };
    }
    case 'matrix':
      return matrixLine(node, order, t);
  }
}

const plain = (label: string, spoken = label): HeadLine => ({
  label,
  description: '',
  icon: null,
  tooltip: '',
  spoken,
});

function matrixLine(
  { matrix, profile, strength }: MatrixNode,
  { by }: HeadOrder,
  t: Translate,
): HeadLine {
  const label = shortName(matrix, t);
  if (profile === null)
    return { ...plain(label), icon: { name: 'circle-outline', colour: null }, tooltip: label };
  const value = by === 'layer' ? null : profile[by];
  const words =
    by === 'layer' ? tellingWords(profile, t) : value === null ? '–' : briefly(by, value, t);
  const measure = by === 'layer' ? '' : `${measureWords(by, t).name} `;
  return {
    label,
    description: value === null ? words : `${words} ${bar(strength ?? 0)}`,
    icon: iconOf(strength),
    tooltip: table(label, profile, t),
    spoken: `${label}, ${measure}${words}`,
  };
}

/** Length of the longest bar in characters: it fits the narrowest side bar. */
const BAR_CHARACTERS = 10;

/** A thin bar: lengths are compared more easily than shades, and in every theme. */
const bar = (strength: number): string => '━'.repeat(Math.round(strength * BAR_CHARACTERS));

/** The same steps as in the editor. The weakest is next to nothing: a ring shows that it is there. */
function iconOf(strength: number | null): HeadLine['icon'] {
  const step = stepOf(strength ?? 0, 1, EDITOR_STEPS - 1);
  return step === 0
    ? { name: 'circle-outline', colour: null }
    : { name: 'circle-filled', colour: stepColourId('looksAt', step) };
}

/** VS Code gives the cells of a tooltip no room between them. */
const GAP = '&nbsp;&nbsp;';

/** Kept on one line of a cell. */
const unbroken = (words: string): string =>
  words.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011');

/** All measures with what they mean. */
function table(name: string, profile: HeadProfile, t: Translate): string {
  const rows = allMeasures.map((measure) => {
    const { name: what, definition } = measureWords(measure, t);
    const value = profile[measure];
    const number = value === null ? '–' : exactly(measure, value, t);
    return `| ${unbroken(what)} | ${unbroken(number)}${GAP}| ${definition} |`;
  });
  const explained = t('Means over the rows as they are shown; – where no row has the measure.');
  return [
    `**${name}**\n`,
    `| ${t('What')} | ${t('Value')}${GAP}| |`,
    '| :- | -: | :- |',
    ...rows,
    `\n${explained}`,
  ].join('\n');
}
