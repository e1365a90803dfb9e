/** Numbers answers as they come: what was drawn from one is told apart from what is drawn from another. */
export class Stamps {
  private readonly known = new WeakMap<object, string>();
  private count = 0;

  of(answer: object): string {
    const stamp = this.known.get(answer) ?? String(this.count++);
    this.known.set(answer, stamp);
    return stamp;
  }
}
