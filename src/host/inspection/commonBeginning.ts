/** How many numbers two sequences have in common before they differ, or one of them ends. */
export function commonBeginning(a: readonly number[], b: readonly number[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count += 1;
  return count;
}
