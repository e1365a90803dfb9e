/** Distances that relative positions cannot tell apart. Pure. */

/** Neighbouring distances (key − query) that share a bucket. */
export interface BucketRun {
  readonly bucket: number;
  readonly from: number;
  /** Inclusive. */
  readonly to: number;
}

/** Runs in the order of their distances. `first`: distance of the first entry. */
export function bucketRuns(first: number, buckets: readonly number[]): BucketRun[] {
  const runs: { bucket: number; from: number; to: number }[] = [];
  for (const [i, bucket] of buckets.entries()) {
    const last = runs.at(-1);
    if (last?.bucket === bucket) last.to = first + i;
    else runs.push({ bucket, from: first + i, to: first + i });
  }
  return runs;
}

export const distanceWords = ({ from, to }: Pick<BucketRun, 'from' | 'to'>): string =>
  from === to ? String(from) : `${from} … ${to}`;
