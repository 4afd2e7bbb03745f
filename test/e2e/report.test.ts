import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeEvaluation } from '../../src/evaluation/index.ts';
import { readTrainingLog, renderReport } from '../../src/report/index.ts';
import { answers, evaluationOf, times } from '../unit/report/evaluations.ts';
import { reason2decide, root, temporaryFolder } from './command-line.ts';
import { chromiumPath } from './webview/sidebar-page.ts';
import { themes } from './webview/themes.ts';

/** Screenshots of the last run, for people to look at. */
const artefacts = join(root, 'test-artefacts', 'report');
const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const hospital = [
  ...times(9, { gold: 0, predicted: 0, confidence: 0.97 }),
  ...times(5, { gold: 0, predicted: 1, confidence: 0.7 }),
  ...times(60, { gold: 1, predicted: 1, confidence: 0.9 }),
  ...times(11, { gold: 1, predicted: 3, confidence: 0.8 }),
  ...times(140, { gold: 2, predicted: 2, confidence: 0.95 }),
  ...times(31, { gold: 2, predicted: 1, confidence: 0.55 }),
  ...times(50, { gold: 4, predicted: 4, confidence: 0.99 }),
];
const candidate = hospital.map((answer) => (answer.predicted === 3 ? { ...answer, predicted: 2 } : answer));

async function reports(): Promise<Readonly<Record<string, string>>> {
  const log = await readTrainingLog(join(root, 'recipes', 'triage-small.log.jsonl'), 'triage-small.log.jsonl');
  const current = evaluationOf(hospital);
  const next = evaluationOf(candidate, { model: { version: '0.3.0' } });
  return {
    one: renderReport({ evaluations: [current], trainingLogs: [log] }),
    several: renderReport({
      evaluations: [current, next, evaluationOf(hospital.slice(3), { data: { sha256: 'e'.repeat(64) } })],
      verdict: { promoted: true, reasons: ['Under-triage falls, beyond chance.'] },
    }),
    unordered: renderReport({
      evaluations: [
        evaluationOf([...times(8, { gold: 0, predicted: 0 }), { gold: 1, predicted: 2 }], { labels: answers }),
      ],
    }),
  };
}

describe.skipIf(chromiumPath === undefined)('the report in a browser', () => {
  let browser: Browser;
  let pages: Readonly<Record<string, string>>;

  beforeAll(async () => {
    browser = await chromium.launch({
      ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
    pages = await reports();
    await mkdir(artefacts, { recursive: true });
  });
  afterAll(async () => browser?.close());

  /** Opens a page that may ask for nothing, and collects what the browser refuses or reports. */
  async function open(html: string, options: Parameters<Browser['newPage']>[0]) {
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.route('**/*', async (route) => {
      if (new URL(route.request().url()).pathname === '/')
        return await route.fulfill({ contentType: 'text/html', body: html });
      complaints.push(`asked for ${route.request().url()}`);
      await route.abort();
    });
    await page.goto('https://report.test/');
    return { page, complaints };
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`has nothing for axe to complain about and nothing cut off: ${colorScheme}`, async () => {
      const found: string[] = [];
      for (const [name, html] of Object.entries(pages)) {
        const { page, complaints } = await open(html, { colorScheme, viewport: { width: 1180, height: 900 } });
        await page.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = true; })`);
        for (const width of [1180, 700, 400]) {
          await page.setViewportSize({ width, height: 900 });
          await page.screenshot({ path: join(artefacts, `${name}-${colorScheme}-${width}.png`), fullPage: true });
          const scrolled = await page.evaluate<number>('document.documentElement.scrollWidth');
          if (scrolled > width) found.push(`${name} at ${width}: ${scrolled - width} px wider than the view`);
          found.push(...(await cutWords(page)).map((words) => `${name} at ${width}: cut off: ${words}`));
        }
        found.push(...(await violations(page)).map((violation) => `${name}: ${violation}`), ...complaints);
        await page.close();
      }
      expect(found).toEqual([]);
    }, 300_000);
  }

  test('takes the theme of the editor in its panel', async () => {
    const found: string[] = [];
    for (const [theme, { kind, variables }] of Object.entries(themes)) {
      // The system's own scheme must not matter there.
      const colorScheme = kind.includes('light') ? 'dark' : 'light';
      const { page, complaints } = await open(pages.several ?? '', {
        colorScheme,
        viewport: { width: 900, height: 900 },
      });
      await page.evaluate(`{
        for (const [name, value] of Object.entries(${JSON.stringify({ ...variables, 'editor-foreground': variables.foreground })}))
          document.documentElement.style.setProperty('--vscode-' + name, value);
        document.body.className = ${JSON.stringify(kind)};
      }`);
      const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(background).toBe(rgb(variables['editor-background'] ?? ''));
      await page.screenshot({ path: join(artefacts, `panel-${theme}.png`), fullPage: true });
      found.push(...(await violations(page)).map((violation) => `${theme}: ${violation}`), ...complaints);
      await page.close();
    }
    expect(found).toEqual([]);
  }, 300_000);

  test('prints light, without folded tables, and no figure across two pages', async () => {
    const { page } = await open(pages.one ?? '', { colorScheme: 'dark', viewport: { width: 700, height: 900 } });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate(`document.querySelector('details').checkVisibility()`)).toBe(false);
    const breaks = `[...document.querySelectorAll('figure')].map((each) => getComputedStyle(each).breakInside)`;
    expect(new Set(await page.evaluate<string[]>(breaks))).toEqual(new Set(['avoid']));
    const cut = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.scroll')].filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth).map((each) => each.ariaLabel)`,
    );
    expect(cut).toEqual([]);
    await page.pdf({ path: join(artefacts, 'one.pdf'), format: 'A4' });
    await page.close();
  });
});

describe('the command report', () => {
  test('writes evaluations and logs as one page', async () => {
    const folder = temporaryFolder();
    const [evaluation, output] = [join(folder, 'evaluation.json'), join(folder, 'report.html')];
    await writeEvaluation(evaluation, evaluationOf(hospital));
    const log = join(root, 'recipes', 'triage-small.log.jsonl');
    const { code, stdout, stderr } = reason2decide([
      'report',
      evaluation,
      evaluation,
      '--log',
      log,
      '--output',
      output,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(output);
    const html = await readFile(output, 'utf8');
    expect(html).toContain('<h1>2 evaluations side by side</h1>');
    expect(html).toContain('triage-small.log.jsonl');
  });

  test('says in one line what is wrong, and writes nothing', async () => {
    const folder = temporaryFolder();
    const [notes, output] = [join(folder, 'notes.json'), join(folder, 'report.html')];
    await writeFile(notes, '{"question":"72M chest pain"}');
    const refused = [
      [['report'], '--output is missing'],
      [['report', '--output', output], 'at least one evaluation'],
      [['report', notes, '--output', notes], 'ends in .html'],
      [['report', notes, '--output', output], 'is not an evaluation'],
      [['report', join(folder, 'none.json'), '--output', output], 'no such evaluation'],
    ] as const;
    for (const [options, message] of refused) {
      const { code, stderr } = reason2decide(options);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
      expect(stderr.trim()).not.toMatch(/\n|chest pain/);
    }
    await expect(readFile(output)).rejects.toThrow();
    expect(await readFile(notes, 'utf8')).toContain('question');
  });
});

/** What axe finds wrong with the page as it stands. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await axe);
  const found = await page.evaluate<{ id: string; nodes: { html: string; failureSummary?: string }[] }[]>(
    'axe.run().then(({ violations }) => violations)',
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)}`);
}

/** Words of figures that reach beyond their drawing. */
async function cutWords(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(`[...document.querySelectorAll('figure svg[role=img] text')].flatMap((text) => {
    const [inner, outer] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
    const isInside = inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    return isInside ? [] : [text.textContent];
  })`);
}

function rgb(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  return `rgb(${red}, ${green}, ${blue})`;
}
