// A person follows a field from place to place, and writes a line about it.

import { scene } from './scene';

const test = scene('artisan');

/** Where the handler of `integrate` takes the staging folder out of the context. */
const READ = { line: 31, text: '"staging_dir"' };

test('a link in a hover leads to the producer', async ({ editor }) => {
  await editor.openFile('integrate.py');
  await editor.goToLine(READ.line);
  await editor.running('came with the extension');
  const hover = await editor.hover(READ.text, /scaffold\s+produces/);
  await hover.locator('a', { hasText: 'staging.py' }).first().click();
  await editor.page.locator('.tab.active', { hasText: 'staging.py' }).waitFor();
});

test('the definition of a field in Python stands in the contract or in the code', async ({
  editor,
}) => {
  await editor.openFile('integrate.py');
  await editor.goToLine(READ.line, 40);
  await editor.page.keyboard.press('F12');
  const elsewhere = editor.page.locator('.peekview-widget, .tab.active:not([data-resource-name="integrate.py"])');
  await elsewhere.first().waitFor();
  await editor.page.keyboard.press('Escape');
});

test('while a field is typed in Python, those of the pipeline are offered', async ({ editor }) => {
  await editor.openFile('integrate.py');
  await editor.goToLine(READ.line);
  await editor.page.keyboard.press('End');
  await editor.page.keyboard.press('Enter');
  await editor.page.keyboard.type('folder = context["stag');
  const offered = editor.page.locator('.suggest-widget .monaco-list-row', { hasText: 'staging_dir' });
  await offered.first().waitFor();
});
