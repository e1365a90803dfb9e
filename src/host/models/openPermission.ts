import path from 'node:path';

/** What a permission is told by its surroundings. */
export interface OpenSurroundings {
  /** Whether the person trusts the workspace. */
  trusted(): boolean;
  /** Absolute paths of the workspace's folders. */
  workspace(): readonly string[];
  /** Where a folder really lies, links followed; the folder itself if it is not there. */
  real(folder: string): Promise<string>;
  /** Asks the person. */
  ask(folder: string): Promise<boolean>;
}

/**
 * Whether a model may be opened. Of a workspace that is not trusted, not without the person's yes: a
 * yes to that folder holds until the window closes. Elsewhere choosing a folder is yes enough.
 */
export class OpenPermission {
  private readonly granted = new Set<string>();

  constructor(private readonly surroundings: OpenSurroundings) {}

  async isGiven(folder: string): Promise<boolean> {
    const { trusted, workspace, real } = this.surroundings;
    if (trusted() || this.granted.has(folder)) return true;
    const roots = workspace();
    const realRoots = await Promise.all(roots.map((root) => real(root)));
    const places = [path.resolve(folder), await real(folder)];
    return !places.some((place) => [...roots, ...realRoots].some((root) => isWithin(place, root)));
  }

  /** Given, or asked for and got. */
  async ask(folder: string): Promise<boolean> {
    if (await this.isGiven(folder)) return true;
    if (!(await this.surroundings.ask(folder))) return false;
    this.granted.add(folder);
    return true;
  }
}

function isWithin(place: string, root: string): boolean {
  const way = path.relative(root, place);
  return way === '' || (way.split(path.sep)[0] !== '..' && !path.isAbsolute(way));
}
