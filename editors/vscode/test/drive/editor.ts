// VS Code in a browser, as a person uses it: by keyboard, mouse and eye.

import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { machine } from './machine';

/** The same letters on every machine, so that pictures differ only where the editor does. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  ${alias('system-ui', 'Inter')}
  ${alias('sans-serif', 'Inter')}
  ${alias('monospace', 'JetBrains Mono')}
</fontconfig>
`;

function alias(family: string, preferred: string): string {
  return (
    '<match target="pattern">' +
    `<test name="family"><string>${family}</string></test>` +
    `<edit name="family" mode="prepend" binding="strong"><string>${preferred}</string></edit>` +
    '</match>'
  );
}

function fonts(): string {
  const file = path.join(os.tmpdir(), 'contextcore-vscode-fonts.conf');
  writeFileSync(file, FONTS);
  return file;
}

export class Editor {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  static async open(address: string): Promise<Editor> {
    const browser = await chromium.launch({
      executablePath: machine.chromium,
      env: { ...process.env, FONTCONFIG_FILE: fonts() },
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    const page = await browser.newPage({
      viewport: { width: 1200, height: 720 },
      deviceScaleFactor: 1.5,
    });
    page.setDefaultTimeout(60_000);
    await page.goto(`http://${address}`);
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    return new Editor(browser, page);
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.choose('Control+P', name);
    const tab = this.page.locator('.tab.active', { hasText: path.basename(name) });
    await tab.waitFor();
    await this.page.locator('.editor-instance .view-lines').first().waitFor();
  }

  /** Runs a command by its title. */
  async command(title: string): Promise<void> {
    await this.choose('F1', title);
  }

  async goToLine(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.type(`${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page
      .locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` })
      .waitFor();
  }

  async save(): Promise<void> {
    await this.page.locator('.tab.active.dirty').waitFor();
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** The piece of text in the editor that holds `text`. */
  token(text: string): Locator {
    return this.page.locator('.editor-instance .view-line span span', { hasText: text }).first();
  }

  squiggles(level: 'error' | 'warning' | 'info' = 'error'): Locator {
    return this.page.locator(`.squiggly-${level}`);
  }

  /** Shows the problems that hold `text`; the list draws only what is in sight. */
  async filterProblems(text: string): Promise<void> {
    await this.command('Problems: Focus on Problems View');
    const filter = this.page.locator('.panel .viewpane-filter input');
    await filter.fill(text);
  }

  problems(text: string): Locator {
    return this.page.locator('.markers-panel .monaco-list-row', { hasText: text });
  }

  /** Hovers over `text`, and gives what is shown as soon as it tells of `story`. */
  async hover(text: string, story: RegExp): Promise<Locator> {
    await this.token(text).hover();
    const hover = this.page.locator('.monaco-hover:not(.hidden)').filter({ hasText: story });
    await hover.first().waitFor();
    return hover.first();
  }

  /** Draws the upper edge of the hover up, as far as there is room. */
  async enlargeHover(pixels: number): Promise<void> {
    const box = await this.page.locator('.monaco-resizable-hover').first().boundingBox();
    if (box === null) {
      throw new Error('there is no hover');
    }
    const { mouse } = this.page;
    await mouse.move(box.x + box.width / 2, box.y + 1, { steps: 10 });
    await mouse.down();
    await mouse.move(box.x + box.width / 2, Math.max(box.y - pixels, 42), { steps: 10 });
    await mouse.up();
    // An edge under the mouse is drawn as if it were held.
    await mouse.move(box.x + box.width / 2, box.y + box.height - 20, { steps: 5 });
    await this.page.waitForTimeout(500);
  }

  async scrollToTop(): Promise<void> {
    await this.page.locator('.editor-instance .monaco-editor').first().hover();
    const top = this.page.locator('.line-numbers', { hasText: /^1$/ });
    while ((await top.count()) === 0) {
      await this.page.mouse.wheel(0, -200);
      await this.page.waitForTimeout(100);
    }
    // The first line may be there in part.
    await this.page.mouse.wheel(0, -200);
    await this.page.waitForTimeout(300);
  }

  /** Waits until the number of problems stays what it is for a while. */
  async settled(): Promise<void> {
    const count = this.page.locator('.statusbar-item[id="status.problems"]');
    for (let before = ''; ; ) {
      const now = await count.innerText();
      if (now === before) {
        return;
      }
      before = now;
      await this.page.waitForTimeout(4000);
    }
  }

  async focusText(): Promise<void> {
    await this.command('View: Focus Active Editor Group');
  }

  /** Applies, by keyboard, the first action at the cursor whose title holds `title`. */
  async quickFix(title: string): Promise<void> {
    await this.page.keyboard.press('Control+.');
    const actions = this.page.locator('.action-widget .monaco-list-row.action');
    await actions.filter({ hasText: title }).first().waitFor();
    const titles = await actions.allInnerTexts();
    const index = titles.findIndex((each) => each.includes(title));
    for (let step = 0; step < index; step += 1) {
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
    await this.page.locator('.action-widget').waitFor({ state: 'hidden' });
  }

  /** Our item in the status bar, while it shows this icon. */
  statusItem(icon: 'check' | 'error' | 'circle-slash' | 'loading'): Locator {
    return this.page
      .locator('.statusbar-item', { hasText: 'ContextCore' })
      .filter({ has: this.page.locator(`.codicon-${icon}`) });
  }

  /** What our item says of the server, for whoever asks why a test failed. */
  async status(): Promise<string> {
    const items = this.page.locator('.statusbar-item', { hasText: 'ContextCore' });
    const labels = await items.evaluateAll((all) =>
      all.map((item) => item.getAttribute('aria-label') ?? ''),
    );
    return labels.join() || 'the extension shows no status';
  }

  /** Waits until a server of this origin runs. */
  async running(origin: string): Promise<void> {
    const item = this.page.locator('.statusbar-item', { hasText: 'ContextCore' });
    await item.and(this.page.locator(`[aria-label*="${origin}"]`)).waitFor();
    await this.statusItem('check').waitFor();
  }

  /** Waits for an element in a webview, which is a page within pages. */
  async inWebview(selector: string, text: string): Promise<void> {
    for (let tries = 0; tries < 120; tries += 1) {
      for (const frame of this.page.frames()) {
        const found = frame.locator(selector, { hasText: text });
        if ((await found.count().catch(() => 0)) > 0) {
          return;
        }
      }
      await this.page.waitForTimeout(250);
    }
    throw new Error(`no webview shows ${text}`);
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
  }

  async picture(file: string): Promise<void> {
    mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  private async choose(key: string, text: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.type(text);
    const row = this.page.locator('.quick-input-list .monaco-list-row.focused');
    await row.filter({ hasText: path.basename(text) }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Types into the box that has just opened. */
  private async type(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget input').first().waitFor();
    await this.page.keyboard.type(text);
  }
}
