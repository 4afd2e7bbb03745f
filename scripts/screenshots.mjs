// Takes the README's pictures in the real workbench: node scripts/screenshots.mjs
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { RunningWorkbench } from '../test/e2e/workbench/harness/running-workbench.ts';
import { root } from './processes.mjs';

const folder = join(root, 'media', 'screenshots');
const viewport = { width: 1200, height: 820 };
const sidebarWidth = 400;
const themes = { light: 'Light 2026', dark: 'Dark 2026' };

mkdirSync(folder, { recursive: true });
for (const [name, theme] of Object.entries(themes)) await takeAll(name, theme);

async function takeAll(name, theme) {
  const settings = {
    'workbench.colorTheme': theme,
    'editor.wordWrap': 'on',
    'editor.minimap.enabled': false,
    'breadcrumbs.enabled': false,
  };
  const workbench = await RunningWorkbench.start({ settings, viewport, colorScheme: name });
  try {
    const window = await workbench.openWindow();
    const { sidebar, palette, notifications } = window;
    const keep = async (what) => {
      const path = join(folder, `${what}-${name}.png`);
      await window.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      console.log(relative(root, path));
    };
    await window.icon.click();
    await window.widenSidebar(sidebarWidth);
    await palette.run('Reason2Decide: Triage all notes');
    await notifications.toast(/notes triaged/).waitFor();
    await palette.run('Notifications: Clear All Notifications');

    await window.triage('03-chest-pain-shorthand.txt');
    await keep('triage');

    await window.openNote('04-right-lower-abdomen.txt');
    await sidebar.triaged('04-right-lower-abdomen.txt');
    const models = await sidebar.modelsRationale.innerText();
    await sidebar.level('emergent').click();
    const [, ...others] = models.split('. ');
    await sidebar.rationale.fill(['Pain moved to the right lower side, walks bent forward', ...others].join('. '));
    await sidebar.button(/^Save correction/).scrollIntoViewIfNeeded();
    await keep('correction');
    await sidebar.button(/^Save correction/).click();
    await sidebar.inState('corrected');

    await window.openNote('01-ambulance-collapse.txt');
    await sidebar.triaged('01-ambulance-collapse.txt');
    await sidebar.button(/^Accept as it is/).click();
    await sidebar.inState('accepted');
    await palette.run('View: Show Explorer');
    await keep('explorer');
  } finally {
    await workbench.stop();
  }
}
