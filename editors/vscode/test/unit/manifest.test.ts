// The manifest says again what sources say; both must agree.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { COMMAND, SECTION, SERVER_SETTINGS, SETTING } from '../../src/names';

// The bundles of tests lie in `dist/test/unit`.
const root = path.resolve(__dirname, '../../..');

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  version: string;
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, { scope: string }> };
  };
};

test('every command is contributed', () => {
  const contributed = manifest.contributes.commands.map(({ command }) => command);
  assert.deepEqual(contributed.sort(), Object.values(COMMAND).sort());
});

test('every setting is contributed', () => {
  const names = [...Object.values(SETTING), ...SERVER_SETTINGS, 'trace.server'];
  const contributed = Object.keys(manifest.contributes.configuration.properties);
  assert.deepEqual(contributed.sort(), names.map((name) => `${SECTION}.${name}`).sort());
});

test('what leads out of a workspace needs its trust, and a program belongs to a machine', () => {
  const setting = `${SECTION}.${SETTING.serverPath}`;
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  assert.deepEqual(restrictedConfigurations, [setting, `${SECTION}.config`]);
  assert.equal(
    manifest.contributes.configuration.properties[setting]?.scope,
    'machine-overridable',
  );
});

test('the rules that the editor completes are those of the manual', () => {
  execFileSync(process.execPath, [path.join(root, 'scripts/generate.mjs'), '--check']);
});

test('extension and server have one version', () => {
  const cargo = readFileSync(path.join(root, '../../Cargo.toml'), 'utf8');
  assert.match(cargo, new RegExp(`^version = "${manifest.version}"$`, 'm'));
});
