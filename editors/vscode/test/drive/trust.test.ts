// A project that is not trusted names a binary. It must not be run before it is.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scene } from './scene';
import { wrap, type Wrapper } from './wrapper';

let named: Wrapper;

const test = scene(
  'artisan-broken',
  { trust: true, settings: { 'security.workspace.trust.startupPrompt': 'never' } },
  (project) => {
    named = wrap(path.join(project, 'tools/contextcore-lsp'));
    mkdirSync(path.join(project, '.vscode'));
    writeFileSync(
      path.join(project, '.vscode/settings.json'),
      JSON.stringify({ 'contextcore.server.path': named.path }),
    );
  },
);

test('in a workspace that is not trusted, the bundled server runs', async ({ editor }) => {
  await editor.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  await editor.openFile('artisan.contract.yaml');
  await editor.running('came with the extension');
  await editor.squiggles('error').first().waitFor();
  assert.deepEqual(named.starts(), [], 'the binary that the workspace names was run');
});

test('once the workspace is trusted, the binary that it names runs', async ({ editor }) => {
  await editor.command('Workspaces: Manage Workspace Trust');
  const trust = editor.page.locator('.workspace-trust-editor a.monaco-button', { hasText: /^Trust/ });
  await trust.first().click();
  await editor.running('from the setting contextcore.server.path');
  assert.equal(named.starts().length, 1);
});
