/** A snapshot in a Hugging Face cache: `…/models--org--name/snapshots/revision`. */
const SNAPSHOT = /(?:^|[\\/])models--([^\\/]+)[\\/]snapshots[\\/][^\\/]+[\\/]*$/;

/**
 * What a model is called by where it lies: its folder's name, or `org/name` where the folder is a
 * revision in a Hugging Face cache, whose own name is a hash.
 */
export function modelName(folder: string): string {
  const cached = SNAPSHOT.exec(folder)?.[1];
  if (cached !== undefined) return cached.replace('--', '/');
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
}
