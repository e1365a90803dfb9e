/** What can be said of a beam, and the table of all of them. */
import type { Translate } from '../../../src/language/translate';
import { visibleLabel } from '../../../src/navigation/labels';
import { signedFourDecimals } from '../../../src/navigation/names';
import type { TableData } from '../../parts/dataTable';
import type { Lattice, LatticeNode } from './beamLattice';

export const beamLabel = ({ beam: { label } }: LatticeNode): string =>
  visibleLabel({ label, piece: label });

/** What became of it. */
export function fateWords(t: Translate, { fate, children }: LatticeNode): string {
  switch (fate) {
    case 'grew':
      return children.length === 1
        ? t('goes on in one beam')
        : t('goes on in {count} beams', { count: children.length });
    case 'died':
      return t('dies here');
    case 'ended':
      return t('ends here, finished');
    case 'running':
      return t('under way');
    case 'left':
      return t('under way when the search stopped');
  }
}

/** One sentence about a beam: its numbers, and what became of it. */
export function beamSentence(t: Translate, node: LatticeNode, winner: boolean): string {
  const { step, place, beam, fate } = node;
  const words = {
    step: step + 1,
    place: place + 1,
    token: beamLabel(node),
    total: signedFourDecimals(beam.total),
    score: signedFourDecimals(beam.score),
    fate: winner ? t('part of the best') : fateWords(t, node),
  };
  return fate === 'ended'
    ? t('Step {step}, finished: “{token}”, sum {total}, score {score}; {fate}', words)
    : t('Step {step}, rank {place}: “{token}”, sum {total}, score {score}; {fate}', words);
}

/** The beams of some steps, step by step and best first. */
export function beamTable(
  t: Translate,
  { columns }: Lattice,
  [first, behind]: readonly [number, number],
  winner: ReadonlySet<LatticeNode>,
): TableData {
  const inOrder = (a: LatticeNode, b: LatticeNode): number =>
    Number(a.fate === 'ended') - Number(b.fate === 'ended') || a.place - b.place;
  const nodes = columns.slice(first, behind).flatMap((column) => column.toSorted(inOrder));
  return {
    columns: [
      { name: t('Step'), kind: 'position' },
      { name: t('Rank'), kind: 'position' },
      { name: t('Token'), kind: 'header' },
      { name: t('Grew from'), kind: 'text' },
      {
        name: t('Sum'),
        kind: 'number',
        title: t('Sum of the logarithms of its tokens’ probabilities'),
      },
      { name: t('Score'), kind: 'number', title: t('Sum ÷ length ^ length penalty') },
      { name: t('What became of it'), kind: 'text' },
    ],
    rows: nodes.map((node) => ({
      kind: winner.has(node) ? 'winner' : '',
      cells: [
        String(node.step + 1),
        node.fate === 'ended' ? '–' : String(node.place + 1),
        beamLabel(node),
        node.parent === null ? '–' : `${node.parent.place + 1} “${beamLabel(node.parent)}”`,
        signedFourDecimals(node.beam.total),
        signedFourDecimals(node.beam.score),
        winner.has(node) ? `${fateWords(t, node)} · ${t('part of the best')}` : fateWords(t, node),
      ],
    })),
  };
}
