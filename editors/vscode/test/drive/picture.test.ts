// The picture of the documentation: what a person sees who asks about a lost field.

import assert from 'node:assert/strict';
import path from 'node:path';
import { machine } from './machine';
import { scene } from './scene';

const test = scene('artisan-broken', {
  settings: {
    'editor.fontSize': 13,
    'editor.fontFamily': 'JetBrains Mono',
    'editor.stickyScroll.enabled': false,
    'breadcrumbs.enabled': false,
    'workbench.layoutControl.enabled': false,
    'workbench.activityBar.location': 'hidden',
    'window.commandCenter': false,
  },
});

test('a hover tells the story of a field that is lost on its way', async ({ editor }) => {
  await editor.openFile('integrate.py');
  await editor.goToLine(31, 36);
  await editor.squiggles('error').first().waitFor();
  await editor.settled();
  // Hovers open upwards; this makes room for a long one.
  await editor.scrollToTop();
  const hover = await editor.hover('"staging_dir"', /scaffold\s+produces/);
  assert.match(await hover.innerText(), /`integrate` removes `staging_dir`/);
  await editor.enlargeHover(420);
  if (machine.pictures !== undefined) {
    await editor.picture(path.join(machine.pictures, 'vscode.png'));
  }
});
