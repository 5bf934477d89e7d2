import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Surroundings } from '../../src/binary/candidates';
import { findServer } from '../../src/binary/find';

const folder = mkdtempSync(path.join(os.tmpdir(), 'contextcore-find-'));
after(() => rmSync(folder, { recursive: true }));

/** A program at `place` that answers `--version` with this line. */
function program(place: string, answer: string, mode = 0o755): string {
  const file = path.join(folder, place);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n[ "$1" = --version ] && echo '${answer}'\n`);
  chmodSync(file, mode);
  return file;
}

/** Surroundings of their own for each test, with one folder on PATH. */
function surroundings(name: string): Surroundings {
  return {
    setting: undefined,
    extensionFolder: path.join(folder, name, 'extension'),
    workspaceFolder: undefined,
    trusted: true,
    home: folder,
    searchPath: path.join(folder, name, 'bin'),
    platform: 'linux',
  };
}

test('the bundled server is preferred to the one on PATH', async () => {
  const bundled = program('both/extension/server/contextcore-lsp', 'contextcore-lsp 0.1.0');
  program('both/bin/contextcore-lsp', 'contextcore-lsp 9.0.0');
  const search = await findServer(surroundings('both'));
  assert.deepEqual(search, {
    server: { path: bundled, origin: 'bundled', version: '0.1.0' },
    passedOver: [],
  });
});

test('a bundled server that lost its permission to run gets it back', async () => {
  program('lost/extension/server/contextcore-lsp', 'contextcore-lsp 0.1.0', 0o644);
  const search = await findServer(surroundings('lost'));
  assert.ok('server' in search && search.server.origin === 'bundled', JSON.stringify(search));
});

test('a bundled server that does not run is passed over for the one on PATH', async () => {
  program('broken/extension/server/contextcore-lsp', 'Segmentation fault');
  program('broken/bin/contextcore-lsp', 'contextcore-lsp 0.1.0');
  const search = await findServer(surroundings('broken'));
  assert.ok('server' in search && search.server.origin === 'PATH', JSON.stringify(search));
  assert.match(search.passedOver.join(), /came with the extension.*no contextcore-lsp/);
});

test('a setting that names nothing is a problem, whatever else there is', async () => {
  program('named/bin/contextcore-lsp', 'contextcore-lsp 0.1.0');
  const setting = path.join(folder, 'nowhere');
  const search = await findServer({ ...surroundings('named'), setting });
  assert.ok('problem' in search);
  assert.match(search.problem, /nowhere \(from the setting contextcore.server.path\) does not exist/);
});

test('a setting that names another program is a problem that quotes it', async () => {
  const setting = program('other/program', 'rust-analyzer 1.0');
  const search = await findServer({ ...surroundings('other'), setting });
  assert.ok('problem' in search);
  assert.match(search.problem, /it is no contextcore-lsp: .*rust-analyzer 1.0/);
});

test('where there is no server, the message says where it was sought', async () => {
  const search = await findServer(surroundings('nothing'));
  assert.ok('problem' in search);
  assert.match(search.problem, /came with the extension or is on PATH/);
});
