// Packages the extension with a server for one platform.
// usage: npm run package -- [--target linux-x64] [--server FILE] [--out FILE]

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const repository = path.resolve(root, '../..');
const here = `${process.platform}-${process.arch}`;

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: here },
    server: { type: 'string' },
    out: { type: 'string' },
  },
});
const windows = values.target.startsWith('win32-');
const file = windows ? 'contextcore-lsp.exe' : 'contextcore-lsp';
const built = path.join(process.env.CARGO_TARGET_DIR ?? path.join(repository, 'target'), 'release');
const server = path.resolve(values.server ?? path.join(built, file));
const out = path.resolve(values.out ?? path.join(root, `contextcore-${values.target}.vsix`));

if (values.target !== here && values.server === undefined) {
  fail(`for ${values.target}, say with --server which binary to pack`);
}
if (!existsSync(server)) {
  fail(`there is no ${server}: run \`cargo build --release\`, or name a binary with --server`);
}

place('server', [[server, file]]);
chmodSync(path.join(root, 'server', file), 0o755);
place(
  'licenses',
  ['MIT.txt', 'Apache-2.0.txt'].map((name) => [path.join(repository, 'docs/licenses', name), name]),
);

node(path.join(root, 'scripts/build.mjs'));
const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
node(vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--target', values.target, '--out', out);

/** Makes a folder of the package that holds these files and nothing else. */
function place(folder, files) {
  const target = path.join(root, folder);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  for (const [source, name] of files) {
    copyFileSync(source, path.join(target, name));
  }
}

function node(...args) {
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}

function fail(why) {
  console.error(why);
  process.exit(2);
}
