import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { artefactsFolder, chromiumPath, SidebarBrowser } from './sidebar-page.ts';
import { states } from './states.ts';
import { type ThemeName, themes } from './themes.ts';

/** The narrowest is last: it is the one that axe looks at. */
const widths = [800, 380, 250];

describe.skipIf(chromiumPath === undefined)('every state of the page', () => {
  let browser: SidebarBrowser;

  beforeAll(async () => {
    browser = await SidebarBrowser.start();
    await mkdir(artefactsFolder, { recursive: true });
  });
  afterAll(async () => browser?.stop());

  for (const theme of Object.keys(themes) as ThemeName[]) {
    test(`has nothing for axe to complain about, nothing cut off and no breach of its policy: ${theme}`, async () => {
      const sidebar = await browser.open({ theme });
      const found: string[] = [];
      for (const [name, state] of Object.entries(states)) {
        await sidebar.restart();
        await sidebar.show(state);
        for (const width of widths) {
          await sidebar.page.setViewportSize({ width, height: 900 });
          // As high as the whole page, so that the bar at the lower edge lies over nothing.
          const height = await sidebar.page.evaluate<number>('document.documentElement.scrollHeight');
          await sidebar.page.setViewportSize({ width, height: Math.max(height, 900) });
          await sidebar.page.screenshot({ path: join(artefactsFolder, `${name}-${theme}-${width}.png`) });
          const scrolled = await sidebar.page.evaluate<number>('document.documentElement.scrollWidth');
          if (scrolled > width) found.push(`${name} at ${width}: ${scrolled - width} px wider than the view`);
        }
        found.push(...(await sidebar.violations()).map((violation) => `${name}: ${violation}`));
      }
      expect(found).toEqual([]);
      expect(sidebar.complaints).toEqual([]);
      await sidebar.close();
    }, 300_000);
  }
});
