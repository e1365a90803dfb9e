/** Something that holds a resource until it is told to let go. VS Code's own disposables fit. */
export interface Disposable {
  dispose(): void;
}

/**
 * Owns what its holder acquires: everything is added at the line that acquires it. Once disposed,
 * a late arrival (an answer to an `await` that outlived its panel) is let go at once.
 */
export class DisposableStore implements Disposable {
  private readonly held: Disposable[] = [];
  private disposed = false;

  add<T extends Disposable>(resource: T): T {
    if (this.disposed) resource.dispose();
    else this.held.push(resource);
    return resource;
  }

  /** Lets go in the opposite order of acquiring: later things may lean on earlier ones. */
  dispose(): void {
    this.disposed = true;
    for (const resource of this.held.splice(0).toReversed()) resource.dispose();
  }
}
