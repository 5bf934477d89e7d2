// Bundles the extension into `dist`; with `--tests` its tests too, into `dist/test`.

import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { notices } from './notices.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const withTests = process.argv.includes('--tests');

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  // What the oldest editor of `engines.vscode` runs on.
  target: 'node18',
  format: 'cjs',
  logLevel: 'warning',
};

rmSync(path.join(root, 'dist'), { recursive: true, force: true });
const { metafile } = await build({
  ...shared,
  metafile: true,
  entryPoints: { extension: 'src/extension.ts' },
  outdir: 'dist',
  // The editor itself provides this module.
  external: ['vscode'],
  minify: !withTests,
  sourcemap: withTests,
});

writeFileSync(path.join(root, 'dist/notices.txt'), notices(root, Object.keys(metafile.inputs)));

if (withTests) {
  const tests = (folder) =>
    readdirSync(path.join(root, 'test', folder))
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => `test/${folder}/${file}`);
  await build({
    ...shared,
    entryPoints: [...tests('unit'), 'test/host/suite.ts', ...tests('drive')],
    outdir: 'dist/test',
    outbase: 'test',
    // playwright-core finds its own files beside itself.
    external: ['vscode', 'playwright-core'],
    sourcemap: 'inline',
  });
}
