// Runs `test/host/suite.ts` inside an editor that loads the extension from its folder.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { CodeServer } from './codeServer';
import { REPORT, type Report } from '../host/report';
import { machine } from './machine';
import { wrap } from './wrapper';

const TIME_LIMIT_MS = 180_000;

/** The extension's folder; the bundles of these tests lie in `dist/test/drive`. */
const extension = path.resolve(__dirname, '../../..');

test('in the extension host', { timeout: TIME_LIMIT_MS }, async (context) => {
  const server = await CodeServer.start({ install: false });
  const browser = await chromium.launch({
    executablePath: machine.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const project = server.project('artisan-broken');
    const tools = path.join(project, '../tools');
    wrap(path.join(tools, 'noted'));
    wrap(path.join(tools, 'old'), { version: '0.0.1' });
    wrap(path.join(tools, 'silent'), { serve: 'exec sleep 1000' });
    wrap(path.join(tools, 'dying'), { serve: 'exit 3' });

    const reports: Report[] = [];
    const page = await browser.newPage();
    // The names under which the editor reports to whoever automates it.
    await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown[]) => {
      if (args[0] === REPORT) {
        reports.push(JSON.parse(String(args[1])) as Report);
      }
    });
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    const remote = `vscode-remote://${server.address}`;
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', `${remote}${extension}`],
      ['extensionTestsPath', `${remote}${path.join(extension, 'dist/test/host/suite.js')}`],
    ]);
    await page.goto(
      `http://${server.address}/?folder=${project}&payload=${encodeURIComponent(payload)}`,
    );
    assert.equal(await ended, 0, 'the suite did not come to its end');
    assert.ok(reports.length > 0, 'the suite ran no test');
    for (const { name, failure } of reports) {
      await context.test(name, () => assert.equal(failure, undefined, failure));
    }
  } finally {
    await browser.close();
    server.stop();
  }
});
