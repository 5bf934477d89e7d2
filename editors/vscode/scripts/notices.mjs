// The licences of what is bundled, which have to go along with it.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FILES = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'License.txt', 'license.txt', 'LICENCE'];

/** The text of all licences; `inputs` are the bundled files, below `root`. */
export function notices(root, inputs) {
  const folders = new Set(inputs.map(packageFolder).filter(Boolean));
  return [...folders].sort().map((folder) => notice(path.join(root, folder))).join('\n');
}

function notice(folder) {
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const file = FILES.map((each) => path.join(folder, each)).find((each) => existsSync(each));
  if (file === undefined) {
    throw new Error(`${name} is bundled, and has no text of its licence`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(file, 'utf8').trim()}\n`;
}

/** `node_modules/a/node_modules/@b/c` of a file in that package. */
function packageFolder(file) {
  const match = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match?.[1];
}
