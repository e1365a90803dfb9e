import path from 'node:path';
import type { FolderLook } from '../../../src/host/models/folderLook';

/** A file system of files by absolute path: their text, or how many bytes they have. */
export function folders(files: Readonly<Record<string, string | number>>): FolderLook {
  const all = Object.keys(files);
  const below = (folder: string): string[] => {
    const root = `${path.resolve(folder)}/`;
    return all.filter((file) => file.startsWith(root)).map((file) => file.slice(root.length));
  };
  return {
    files: (folder) => {
      const names = below(folder);
      const own = names.filter((name) => !name.includes('/'));
      return Promise.resolve(names.length === 0 ? null : own);
    },
    folders: (folder) => {
      const inner = below(folder).filter((name) => name.includes('/'));
      return Promise.resolve([...new Set(inner.map((name) => name.split('/')[0]!))]);
    },
    size: (folder, file) => {
      const content = files[path.join(folder, file)]!;
      return Promise.resolve(typeof content === 'number' ? content : content.length);
    },
    text: (folder, file, limit) => {
      const content = files[path.join(folder, file)];
      const fits = typeof content === 'string' && content.length <= limit;
      return Promise.resolve(fits ? content : null);
    },
  };
}
