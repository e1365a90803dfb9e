/** Draws a block by where it normalises: after each sum, before each sub-layer, or before two at once. Pure. */
import type { ModelSummary } from '../../src/protocol/trace';
import type { MapBox, SubLayer } from './boxes';
import { LOW, STRIP, TALL, type Column } from './column';

const PAD = 8;
const JOINT = 7;
const FAN = 22;
const CROSS_FAN = 30;
const BETWEEN = 8;

export function blockLayout(
  column: Column,
  boxes: readonly MapBox[],
  { normPlacement }: ModelSummary,
): void {
  column.rise(PAD, false);
  if (normPlacement === 'parallel') parallel(column, boxes);
  else for (const name of subLayersOf(boxes)) sequential(column, boxes, name);
  column.rise(PAD, false);
}

const subLayersOf = (boxes: readonly MapBox[]): readonly SubLayer[] => [
  ...new Set(boxes.flatMap(({ subLayer }) => (subLayer === null ? [] : [subLayer]))),
];

function sequential(column: Column, boxes: readonly MapBox[], name: SubLayer): void {
  const own = boxes.filter(({ subLayer }) => subLayer === name);
  const one = (kind: MapBox['kind']): MapBox | undefined => own.find((box) => box.kind === kind);
  column.rise(BETWEEN, false);
  const branch = column.top;
  const norm = one('norm');
  if (norm !== undefined) {
    column.rise(JOINT, true);
    column.put(norm, LOW);
  }
  enter(column, name);
  attentionOrOther(column, one(name)!, one('positions'));
  const sum = one('add');
  if (sum === undefined) {
    column.rise(JOINT, true);
    column.around(branch, column.put(one('addNorm')!, LOW));
  } else {
    column.rise(JOINT + 2, true);
    column.around(branch, column.circle(sum));
  }
}

function enter(column: Column, name: SubLayer): void {
  if (name === 'attention') column.fan(FAN);
  else if (name === 'cross') column.crossFan(CROSS_FAN);
  else column.rise(JOINT + 5, true);
}

/** Rotary positions turn queries and keys as they enter; a bias is added to the scores inside. */
function attentionOrOther(column: Column, box: MapBox, positions: MapBox | undefined): void {
  if (positions !== undefined) column.put(positions, STRIP, 'strip');
  column.put(box, TALL);
}

function parallel(column: Column, boxes: readonly MapBox[]): void {
  const { boxLeft, boxWidth, centre } = column;
  const one = (kind: MapBox['kind'], name: SubLayer): MapBox | undefined =>
    boxes.find((box) => box.kind === kind && box.subLayer === name);
  const width = (boxWidth - 10) / 2;
  const [left, right] = [boxLeft, boxLeft + width + 10];
  const [first, second] = [left + width / 2, right + width / 2];
  column.rise(BETWEEN, false);
  const branch = column.top;
  const secondNorm = one('norm', 'feedForward');
  if (secondNorm === undefined) {
    column.rise(JOINT, true);
    column.put(one('norm', 'attention')!, LOW);
  }
  const fork = column.top - JOINT;
  let foot = column.top - FAN;
  for (const x of [first, second])
    column.wire('stream', `M${centre} ${column.top}V${fork}H${x}V${foot}`);
  if (secondNorm !== undefined) {
    column.top = foot;
    column.putAt(one('norm', 'attention')!, left, width, LOW);
    column.top = foot;
    column.putAt(secondNorm, right, width, LOW);
    const head = column.top;
    foot = head - JOINT - 3;
    for (const x of [first, second]) column.wire('stream', `M${x} ${head}V${foot}`);
  }
  column.top = foot;
  const positions = one('positions', 'attention');
  if (positions !== undefined) column.putAt(positions, left, width, STRIP, 'strip');
  column.putAt(one('attention', 'attention')!, left, width, TALL);
  const head = column.top;
  column.top = foot;
  column.putAt(
    one('feedForward', 'feedForward')!,
    right,
    width,
    positions === undefined ? TALL : TALL + STRIP,
  );
  // Both are added to the stream at once.
  const joint = head - JOINT - 3;
  for (const x of [first, second]) column.wire('stream', `M${x} ${head}V${joint}H${centre}`, false);
  column.top = joint;
  column.rise(JOINT + 3, true);
  column.around(branch, column.circle(one('add', 'feedForward')!));
}
