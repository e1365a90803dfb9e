/** The mean of numbers that come one by one, summed in float64. */
export class RunningMean {
  private sum = 0;
  private count = 0;

  /** Takes a number in. What is not there (undefined) or hidden (NaN) does not count. */
  add(value: number | undefined): void {
    if (value === undefined || Number.isNaN(value)) return;
    this.sum += value;
    this.count++;
  }

  /** Null if nothing came. */
  get value(): number | null {
    return this.count === 0 ? null : this.sum / this.count;
  }
}
