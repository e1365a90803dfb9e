/** The file system, as far as models are looked for in it. What cannot be seen is not there. */
export interface FolderLook {
  /** Names of the files, links to files among them; null: there is no such folder. */
  files(folder: string): Promise<readonly string[] | null>;
  /** Names of the folders in it, links to folders among them; none of a folder that is not there. */
  folders(folder: string): Promise<readonly string[]>;
  /** Bytes of a file. */
  size(folder: string, file: string): Promise<number>;
  /** A small UTF-8 file; null: there is none, or it is longer than `limit` bytes. */
  text(folder: string, file: string, limit: number): Promise<string | null>;
}
