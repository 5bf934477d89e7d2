// Writes the rules of `docs/rules/README.md` into the manifest, so that the editor
// completes their names in `contextcore.rules`. With `--check`, only compares.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const manifestPath = path.join(root, 'package.json');
const before = readFileSync(manifestPath, 'utf8');
const manifest = JSON.parse(before);

const table = readFileSync(path.join(root, '../../docs/rules/README.md'), 'utf8');
const rows = table.matchAll(/^\| \[`([a-z-]+)`\]\([^)]*\) \| ([^|]*) \| ([^|]*) \|/gm);
const rules = {};
for (const [, name, level, reports] of rows) {
  rules[name] = {
    enum: ['error', 'warning', 'information', 'hint', 'off'],
    description: `${sentence(reports)} (${level.trim()}).`,
  };
}
if (Object.keys(rules).length === 0) {
  throw new Error('docs/rules/README.md has no table of rules');
}
manifest.contributes.configuration.properties['contextcore.rules'].properties = rules;

const after = `${JSON.stringify(manifest, null, 2)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(manifestPath, after);
} else if (JSON.stringify(JSON.parse(before)) !== JSON.stringify(manifest)) {
  console.error('package.json does not list the rules of docs/rules: run `npm run generate`');
  process.exitCode = 1;
}

function sentence(text) {
  const trimmed = text.trim();
  return trimmed[0].toUpperCase() + trimmed.slice(1);
}
