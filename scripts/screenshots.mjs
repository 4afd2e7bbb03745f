// Takes the README's pictures in the real workbench: npm run screenshots [-- THEME…]
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { RunningWorkbench } from '../test/e2e/workbench/harness/running-workbench.ts';
import { fail, root } from './processes.mjs';

const folder = join(root, 'media', 'screenshots');
const viewport = { width: 1200, height: 960 };
const sidebarWidth = 400;
const narrowWidth = 250;

const themes = {
  light: { colorTheme: 'Light 2026', colorScheme: 'light' },
  dark: { colorTheme: 'Dark 2026', colorScheme: 'dark' },
  'high-contrast': { colorTheme: 'Default High Contrast', colorScheme: 'dark' },
};

/** The others are taken in the light theme alone. */
const inEveryTheme = new Set(['triage', 'correction']);

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(themes);
const unknown = names.filter((name) => !Object.hasOwn(themes, name));
if (unknown.length > 0) fail(`There is no theme ${unknown.join(', ')}; use ${Object.keys(themes).join(', ')}.`);
mkdirSync(folder, { recursive: true });
for (const name of names) await takeAll(name, themes[name]);

async function takeAll(name, { colorTheme, colorScheme }) {
  const settings = {
    'workbench.colorTheme': colorTheme,
    'editor.minimap.enabled': false,
    'breadcrumbs.enabled': false,
  };
  const workbench = await RunningWorkbench.start({ settings, viewport, colorScheme });
  try {
    const window = await workbench.openWindow();
    const keep = async (what) => {
      if (name !== 'light' && !inEveryTheme.has(what)) return;
      // The mouse leaves no hover, and what moves has come to rest.
      await window.page.mouse.move(viewport.width - 5, viewport.height / 2);
      const path = join(folder, `${what}-${name}.png`);
      await window.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      console.log(relative(root, path));
    };
    await takeTour(window, keep);
  } finally {
    await workbench.stop();
  }
}

/** A reviewer's way from the list of notes to a correction. */
async function takeTour(window, keep) {
  const { sidebar, palette, notifications } = window;
  await window.icon.click();
  await window.widenSidebar(sidebarWidth);
  await palette.run('Reason2Decide: Triage all notes');
  await notifications.toast(/notes triaged/).waitFor();
  await palette.run('Notifications: Clear All Notifications');

  await window.triage('03-chest-pain-shorthand.txt');
  await keep('triage');
  await window.widenSidebar(narrowWidth);
  await keep('narrow');
  await window.widenSidebar(sidebarWidth);

  await window.openNote('04-right-lower-abdomen.txt');
  await sidebar.triaged('04-right-lower-abdomen.txt');
  const models = await sidebar.modelsRationale.innerText();
  await sidebar.level('emergent').click();
  const sentences = models.split('. ').slice(0, -1);
  await sidebar.rationale.fill([...sentences, 'Walks bent forward: the surgeon sees her now, so emergent.'].join('. '));
  await sidebar.comment.fill('Seen with the surgeon on call.');
  await sidebar.comment.scrollIntoViewIfNeeded();
  await keep('correction');
  await sidebar.button(/^Save correction/).click();
  await sidebar.inState('corrected');
  await sidebar.notice('Saved:').waitFor();
  await window.notes.row('2 emergent · corrected').waitFor();
  await keep('saved');

  await window.openNote('01-ambulance-collapse.txt');
  await sidebar.triaged('01-ambulance-collapse.txt');
  await sidebar.button(/^Accept as it is/).click();
  await sidebar.inState('accepted');
  await palette.run('View: Show Explorer');
  await keep('explorer');
}
