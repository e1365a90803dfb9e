/**
 * Puts the tags of a prediction under the chips of the text. The line of chips knows nothing of it:
 * this follows it, and tags anew whatever chips it has made anew.
 */
import type { Translate } from '../../src/language/translate';
import { groupsOn } from '../../src/navigation/traceState';
import type { View } from '../inspector/view';
import { setAttribute } from '../parts/element';
import { markElement } from '../parts/mark';
import { chipTags, type ChipTag } from './chipTags';

export class ChipTagger {
  private tagged: readonly unknown[] = [];
  private tags: readonly (ChipTag | null)[] = [];

  constructor(
    private readonly line: HTMLElement,
    private readonly t: Translate,
  ) {}

  /** After the line itself. */
  update({ snapshot, navigation }: View): void {
    const { plan, prediction, trace } = snapshot;
    const first = this.line.querySelector('[data-index="0"]');
    const now = [trace, prediction, navigation.unit, first];
    if (now.every((part, i) => part === this.tagged[i])) return;
    const had = this.tags.length > 0;
    this.tagged = now;
    const groups = groupsOn(snapshot, 'source', navigation.unit);
    this.tags = plan === null ? [] : chipTags(prediction, plan.model, groups, this.t);
    this.line.classList.toggle('tagged', this.tags.length > 0);
    if (!had && this.tags.length === 0) return;
    for (const chip of this.line.querySelectorAll('[data-index]'))
      tag(chip, this.tags[Number(chip.getAttribute('data-index'))] ?? null);
  }
}

function tag(chip: Element, wanted: ChipTag | null): void {
  chip.querySelector('.chip-tag')?.remove();
  setAttribute(chip, 'aria-description', wanted?.words ?? null);
  if (wanted === null) return;
  // A generated box, as the weight is: part of the picture, told to readers by the description.
  const made = markElement('', wanted.mark, 'chip-tag');
  setAttribute(made, 'data-tag', wanted.text);
  setAttribute(made, 'aria-hidden', 'true');
  chip.append(made);
}
