// A server that cannot be had is said to be missing, and an old one to be old.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scene } from './scene';
import { wrap } from './wrapper';

const test = scene('artisan', {}, (project) => {
  mkdirSync(path.join(project, '.vscode'));
  writeFileSync(
    path.join(project, '.vscode/settings.json'),
    JSON.stringify({ 'contextcore.server.path': '${workspaceFolder}/tools/contextcore-lsp' }),
  );
});

test('a server that is not there is named, and the settings are at hand', async ({ editor }) => {
  await editor.openFile('artisan.contract.yaml');
  const message = editor.notification(/tools.contextcore-lsp \(from the setting .* does not exist/);
  await message.waitFor();
  await editor.statusItem('error').waitFor();
  await message.locator('a.monaco-button', { hasText: 'Open Settings' }).click();
  await editor.page.locator('.settings-editor', { hasText: 'Server: Path' }).first().waitFor();
});

test('a server older than the extension runs, with a warning', async ({ editor, project }) => {
  wrap(path.join(project, 'tools/contextcore-lsp'), { version: '0.0.1' });
  await editor.command('ContextCore: Restart Server');
  await editor.notification('0.0.1 is older than this extension').waitFor();
  await editor.running('from the setting contextcore.server.path');
});

test('the version is a click away', async ({ editor }) => {
  await editor.command('Notifications: Clear All Notifications');
  await editor.statusItem('check').click();
  await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Show Version' }).waitFor();
  await editor.page.keyboard.type('Show Version');
  await editor.page.keyboard.press('Enter');
  await editor.notification('contextcore-lsp 0.0.1 is running').waitFor();
});
