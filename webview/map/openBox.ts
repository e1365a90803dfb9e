/** Opening a box of the map from elsewhere: an event, for the map may be there before its boxes are. */
import type { BoxKind, MapBox } from './boxes';

const OPEN_BOX = 'headlight-open-box';

export const openBox = (map: Element, kinds: readonly BoxKind[]): boolean =>
  map.dispatchEvent(new CustomEvent(OPEN_BOX, { detail: kinds }));

export function onOpenBox(map: Element, opened: (kinds: readonly BoxKind[]) => void): void {
  map.addEventListener(OPEN_BOX, (event) => {
    if (event instanceof CustomEvent) opened(event.detail as readonly BoxKind[]);
  });
}

/** The first box of these kinds, if it can be on the chosen token's side. */
export const boxOfKinds = (
  boxes: readonly MapBox[],
  kinds: readonly BoxKind[],
  half: MapBox['half'] | undefined,
): MapBox | undefined => {
  const fitting = kinds.flatMap((kind) => boxes.filter((box) => box.kind === kind));
  return fitting.find((box) => box.half === half) ?? fitting[0];
};
