import { transform } from './nonlinearity';

/** activation(x), times `gate` where there is one. Units: numbers, by fours. */
export function activate(
  x: usize,
  gate: usize,
  out: usize,
  count: i32,
  activation: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const at = (<usize>from) << 4;
  const columns = max(min(count, to * 4) - from * 4, 0);
  transform(x + at, gate ? gate + at : 0, out + at, 0, 1, columns, activation);
}
