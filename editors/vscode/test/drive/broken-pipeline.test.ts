// A person opens a project full of mistakes, reads about one, and mends it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { scene } from './scene';

const test = scene('artisan-broken');

/** A misspelt value of the contract, whose fix is certain. */
const MISTAKE = { line: 255, column: 21, message: '`bloking` is no severity' };

test('a finding is underlined, and listed among the problems', async ({ editor }) => {
  await editor.openFile('artisan.contract.yaml');
  await editor.goToLine(MISTAKE.line, MISTAKE.column);
  await editor.squiggles('error').first().waitFor();
  await editor.filterProblems(MISTAKE.message);
  await editor.problems(MISTAKE.message).waitFor();
});

test('findings of files that are not open are listed too', async ({ editor }) => {
  await editor.filterProblems('`integrate` removes `staging_dir`');
  await editor.problems('`integrate` removes `staging_dir`').waitFor();
});

test('a rule\'s name leads to its page', async ({ editor }) => {
  await editor.filterProblems(MISTAKE.message);
  await editor.problems(MISTAKE.message).locator('a', { hasText: 'invalid-value' }).click();
  await editor.page.locator('.tab', { hasText: 'Preview invalid-value' }).waitFor();
  await editor.inWebview('h1', 'invalid-value');
  await editor.command('View: Close All Editors in Group');
  await editor.openFile('artisan.contract.yaml');
});

test('hovering over a field shows who produces it', async ({ editor }) => {
  await editor.hover('design_results', /design\s+produces/);
});

test('a quick fix by keyboard mends the text and takes the finding away', async ({
  editor,
  project,
}) => {
  await editor.filterProblems(MISTAKE.message);
  await editor.problems(MISTAKE.message).waitFor();
  await editor.focusText();
  await editor.goToLine(MISTAKE.line, MISTAKE.column);
  await editor.quickFix('blocking');
  await editor.problems(MISTAKE.message).waitFor({ state: 'detached' });
  await editor.save();
  const contract = readFileSync(path.join(project, 'contracts/artisan.contract.yaml'), 'utf8');
  assert.match(contract.split('\n')[MISTAKE.line - 1] ?? '', /severity: blocking$/);
});
