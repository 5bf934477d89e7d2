import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidates, type Surroundings } from '../../src/binary/candidates';

const LINUX: Surroundings = {
  setting: undefined,
  extensionFolder: '/extensions/contextcore',
  workspaceFolder: '/projects/shop',
  trusted: true,
  home: '/people/ada',
  searchPath: '/usr/local/bin:/usr/bin',
  platform: 'linux',
};

/** The places for these surroundings, each as `origin path`. */
function places(differences: Partial<Surroundings>): string[] {
  const result = candidates({ ...LINUX, ...differences });
  assert.ok('candidates' in result, JSON.stringify(result));
  return result.candidates.map(({ origin, path }) => `${origin} ${path}`);
}

function refusal(differences: Partial<Surroundings>): string {
  const result = candidates({ ...LINUX, ...differences });
  assert.ok('refusal' in result, JSON.stringify(result));
  return result.refusal;
}

test('without a setting the bundled server comes first, then PATH in its order', () => {
  assert.deepEqual(places({}), [
    'bundled /extensions/contextcore/server/contextcore-lsp',
    'PATH /usr/local/bin/contextcore-lsp',
    'PATH /usr/bin/contextcore-lsp',
  ]);
});

test('who names a server gets that one and no other', () => {
  assert.deepEqual(places({ setting: '/opt/contextcore-lsp' }), ['setting /opt/contextcore-lsp']);
});

test('a blank setting is none', () => {
  assert.deepEqual(places({ setting: '  ' }), places({}));
});

test('a setting may be relative to the home folder or the workspace', () => {
  assert.deepEqual(places({ setting: '~/bin/cc' }), ['setting /people/ada/bin/cc']);
  assert.deepEqual(places({ setting: 'target/cc' }), ['setting /projects/shop/target/cc']);
  assert.deepEqual(places({ setting: '${workspaceFolder}/target/cc' }), [
    'setting /projects/shop/target/cc',
  ]);
  assert.deepEqual(places({ setting: '~other/cc' }), ['setting /projects/shop/~other/cc']);
});

test('a workspace that is not trusted provides no binary, however the setting leads there', () => {
  for (const setting of ['target/cc', './cc', '${workspaceFolder}/cc', '/x/../${workspaceFolder}/cc']) {
    assert.match(refusal({ setting, trusted: false }), /not trusted/, setting);
  }
  assert.deepEqual(places({ setting: '~/bin/cc', trusted: false }), ['setting /people/ada/bin/cc']);
});

test('a relative setting needs a folder', () => {
  assert.match(refusal({ setting: 'cc', workspaceFolder: undefined }), /no folder is open/);
});

test('relative entries of PATH would lead into the workspace, and are left out', () => {
  assert.deepEqual(places({ searchPath: '.::bin:/usr/bin:' }), [
    'bundled /extensions/contextcore/server/contextcore-lsp',
    'PATH /usr/bin/contextcore-lsp',
  ]);
});

test('Windows has its own separators and its own ending', () => {
  assert.deepEqual(
    places({ platform: 'win32', extensionFolder: 'C:\\ext', searchPath: 'C:\\bin;bin;D:\\tools' }),
    [
      'bundled C:\\ext\\server\\contextcore-lsp.exe',
      'PATH C:\\bin\\contextcore-lsp.exe',
      'PATH D:\\tools\\contextcore-lsp.exe',
    ],
  );
});
