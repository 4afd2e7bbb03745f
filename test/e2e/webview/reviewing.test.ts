import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decision, modelsRationale, note, prediction, reviewState } from '../../unit/webview/builders.ts';
import { artefactsFolder, chromiumPath, SidebarBrowser, type SidebarPage } from './sidebar-page.ts';

const saved = { ok: { sequence: 8, decidedAt: '2026-03-02T08:20:00.000Z' } };

describe.skipIf(chromiumPath === undefined)('reviewing in the page', () => {
  let browser: SidebarBrowser;
  let sidebar: SidebarPage;

  beforeAll(async () => {
    browser = await SidebarBrowser.start();
    await mkdir(artefactsFolder, { recursive: true });
  });
  afterAll(async () => browser?.stop());
  beforeEach(async () => {
    sidebar = await browser.open();
  });
  afterEach(async () => {
    expect(sidebar.complaints).toEqual([]);
    await sidebar.close();
  });

  const button = (name: string | RegExp) => sidebar.page.getByRole('button', { name });
  const rationale = () => sidebar.page.getByRole('textbox', { name: 'Rationale' });
  const comment = () => sidebar.page.getByRole('textbox', { name: 'Comment' });
  const level = (name: RegExp) => sidebar.page.getByRole('radio', { name });
  /** Also asks axe, for what only comes up while reviewing. */
  const screenshot = async (name: string) => {
    await sidebar.page.screenshot({ path: join(artefactsFolder, `${name}.png`), fullPage: true });
    expect(await sidebar.violations()).toEqual([]);
  };

  test('accepting says what is on screen, and saved stands there only after the answer', async () => {
    await sidebar.show(reviewState());
    await button(/^Accept/).click();
    const request = await sidebar.request('decide');
    expect(request.body).toMatchObject({
      action: 'accepted',
      noteId: 'ed-0071.txt',
      noteHash: 'hash-1',
      predictionId: 'prediction-1',
      rationale: modelsRationale,
    });
    expect(await sidebar.page.getByText('Saved:').count()).toBe(0);
    await sidebar.show(reviewState({ note: { ...note, state: 'accepted' }, decisions: [decision()] }));
    await sidebar.answer(request, saved);
    await sidebar.page.locator('.notice', { hasText: 'Saved: ed-0071.txt accepted as 2 emergent.' }).waitFor();
    await screenshot('saved');
  });

  test('the decision that fits stands out: accept once the rationale is whole, save once something is changed', async () => {
    const buttonColour = 'rgb(0, 95, 184)';
    const colours = async () =>
      await sidebar.page.evaluate<string[]>(
        `[...document.querySelector('review-sidebar').shadowRoot.querySelectorAll('.decide vscode-button')]
          .filter((button) => getComputedStyle(button).backgroundColor === '${buttonColour}')
          .map(({ id }) => id)`,
      );
    await sidebar.show(reviewState({ activity: { kind: 'streaming' } }));
    expect(await colours()).toEqual([]);
    await sidebar.show(reviewState());
    await expect.poll(colours).toEqual(['accept']);
    await rationale().fill('Mine.');
    await expect.poll(colours).toEqual(['correct']);
  });

  test('typing shows the difference at once and reaches the extension', async () => {
    await sidebar.show(reviewState());
    await rationale().fill(modelsRationale.replace('is red and warm', 'is swollen'));
    await expect.poll(() => sidebar.page.locator('del').allInnerTexts()).toEqual(['red and warm']);
    expect(await sidebar.page.locator('ins').allInnerTexts()).toEqual(['swollen']);
    const { body } = await sidebar.request('keepDraft');
    expect(body).toMatchObject({ noteId: 'ed-0071.txt', noteHash: 'hash-1' });
    await button(/^Save correction/).click();
    expect((await sidebar.request('decide')).body).toMatchObject({
      action: 'corrected',
      labelId: 'emergent',
      rationale: modelsRationale.replace('is red and warm', 'is swollen'),
    });
  });

  test('leaving a field sends what was typed without waiting for the pause', async () => {
    await sidebar.show(reviewState());
    await sidebar.page.clock.install();
    await comment().fill('Discussed.');
    expect(sidebar.requests('keepDraft')).toEqual([]);
    await comment().blur();
    expect((await sidebar.request('keepDraft')).body.comment).toBe('Discussed.');
  });

  test('unsaved text is there again after another note and after a reload', async () => {
    await sidebar.show(reviewState());
    await rationale().fill('Mine.');
    await level(/urgent$/)
      .nth(1)
      .click();
    await sidebar.show(reviewState({ note: { ...note, id: 'b.txt' }, prediction: { ...prediction, id: 'b' } }));
    await expect.poll(() => rationale().inputValue()).toBe(modelsRationale);
    await sidebar.reload();
    await sidebar.show(reviewState());
    await expect.poll(() => rationale().inputValue()).toBe('Mine.');
  });

  test('the keyboard alone changes the level, the text and decides', async () => {
    const { keyboard } = sidebar.page;
    await sidebar.show(reviewState());
    // Previous, next, then the level that is chosen.
    for (let stop = 0; stop < 3; stop++) await keyboard.press('Tab');
    await keyboard.press('ArrowDown');
    await expect.poll(() => level(/^3 urgent$/).getAttribute('aria-checked')).toBe('true');
    // Its offer, then the rationale.
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('ControlOrMeta+A');
    await keyboard.type('Stable, needs an ECG.');
    // The way back to the model's, the comment, accept, save.
    for (let stop = 0; stop < 4; stop++) await keyboard.press('Tab');
    await keyboard.press('Enter');
    expect((await sidebar.request('decide')).body).toMatchObject({
      action: 'corrected',
      labelId: 'urgent',
      rationale: 'Stable, needs an ECG.',
    });
  });

  test('every control shows where the keyboard is', async () => {
    await sidebar.show(reviewState({ decisions: [decision()] }));
    const looks = `(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const host = element.getRootNode().host ?? element;
      const style = (one) => { const { outlineStyle, outlineColor, borderColor } = getComputedStyle(one); return { outlineStyle, outlineColor, borderColor }; };
      const control = element.shadowRoot?.querySelector('.control');
      return { name: element.textContent?.trim() || host.id, marks: JSON.stringify([style(element), control && style(control)]) };
    })()`;
    const unmarked: string[] = [];
    const focusColour = 'rgb(0, 95, 184)';
    for (let stop = 0; stop < 12; stop++) {
      await sidebar.page.keyboard.press('Tab');
      const { name, marks } = await sidebar.page.evaluate<{ name: string; marks: string }>(looks);
      if (!marks.includes(focusColour)) unmarked.push(name);
    }
    expect(unmarked).toEqual([]);
  });

  test('a level that was clicked is where the arrow keys go on', async () => {
    await sidebar.show(reviewState());
    const number = await sidebar.page.locator('vscode-radio .level-chip', { hasText: '4' }).boundingBox();
    if (number === null) throw new Error('Level 4 is not on screen.');
    await sidebar.page.mouse.click(number.x + 4, number.y + 4);
    await expect.poll(() => level(/^4 less urgent$/).getAttribute('aria-checked')).toBe('true');
    await sidebar.page.keyboard.press('ArrowDown');
    await expect.poll(() => level(/^5 non-urgent$/).getAttribute('aria-checked')).toBe('true');
  });

  test('after the model abstained no level is marked, and none is again after an undone correction', async () => {
    const abstained = { ...prediction, abstained: 'Two levels are about equally probable.' };
    const checked = () => sidebar.page.locator('vscode-radio[aria-checked=true]').count();
    await sidebar.show(reviewState({ prediction: abstained }));
    await expect.poll(checked).toBe(0);
    const corrected = decision({ action: 'corrected', labelId: 'urgent', rationale: 'Mine.' });
    await sidebar.show(reviewState({ prediction: abstained, decisions: [corrected] }));
    await expect.poll(checked).toBe(1);
    await sidebar.show(reviewState({ prediction: abstained, decisions: [{ ...corrected, current: false }] }));
    await expect.poll(checked).toBe(0);
    await level(/^3 urgent$/).click();
    await expect.poll(() => level(/^3 urgent$/).getAttribute('aria-checked')).toBe('true');
    await button(/^Save correction/).click();
    await screenshot('question-other-rationale');
    await button('Save it as it is').click();
    expect((await sidebar.request('decide')).body.labelId).toBe('urgent');
  });

  test('the rationale for another level streams beside the form and is taken only on request', async () => {
    await sidebar.show(reviewState());
    await rationale().fill('Mine.');
    await level(/^3 urgent$/).click();
    await button(/^Write the rationale for 3 urgent/).click();
    const request = await sidebar.request('explain');
    await sidebar.post({ type: 'explaining', id: request.id, text: 'Stable for now, ' });
    await sidebar.page.getByText('Stable for now,').waitFor();
    await screenshot('offer-writing');
    await sidebar.answer(request, { ok: { rationale: 'Stable for now, but worth an ECG.' } });
    await expect.poll(() => rationale().inputValue()).toBe('Mine.');
    await screenshot('offer-whole');
    await button('Replace my text with it').click();
    await expect.poll(() => rationale().inputValue()).toBe('Stable for now, but worth an ECG.');
    await button('Put my text back').click();
    await expect.poll(() => rationale().inputValue()).toBe('Mine.');
  });

  test('a model that gives the same reasons for another level says so, and offers nothing', async () => {
    await sidebar.show(reviewState());
    await level(/^3 urgent$/).click();
    await button(/^Write the rationale for 3 urgent/).click();
    await sidebar.answer(await sidebar.request('explain'), { ok: { rationale: modelsRationale } });
    await sidebar.page.getByText('The model has no other rationale for 3 urgent').waitFor();
    await screenshot('offer-nothing-new');
    expect(await button('Use it').count()).toBe(0);
    await button(/^Save correction/).click();
    const question = sidebar.page.getByRole('alertdialog');
    await question.getByRole('button', { name: 'Save without a rationale' }).waitFor();
    expect(await question.getByRole('button', { name: /^Write the rationale/ }).count()).toBe(0);
    await question.getByRole('button', { name: 'Keep editing' }).click();
    await button('Write my own').click();
    await expect.poll(() => button('Write my own').count()).toBe(0);
  });

  test('the decisions stay in reach while the page is scrolled, and cover nothing that has the focus', async () => {
    await sidebar.page.setViewportSize({ width: 300, height: 560 });
    await sidebar.show(reviewState());
    const inView = async () => {
      const box = await button(/^Accept/).boundingBox();
      return box !== null && box.y > 0 && box.y + box.height <= 560;
    };
    expect(await inView()).toBe(true);
    await comment().focus();
    expect(await inView()).toBe(true);
    const field = await comment().boundingBox();
    const bar = await sidebar.page.locator('.bar').boundingBox();
    expect((field?.y ?? 0) + (field?.height ?? 0)).toBeLessThanOrEqual((bar?.y ?? 0) + 1);
  });

  test('a decision about a note that changed is asked about; Escape goes back to the form', async () => {
    await sidebar.show(reviewState({ note: { ...note, hash: 'hash-2' } }));
    await button(/^Accept/).click();
    await sidebar.page.getByRole('alertdialog').waitFor();
    await screenshot('question-stale');
    expect(sidebar.requests('decide')).toEqual([]);
    await sidebar.page.keyboard.press('Escape');
    await expect.poll(() => sidebar.page.getByRole('alertdialog').count()).toBe(0);
    await button(/^Accept/).click();
    await button('Save for the earlier text').click();
    expect((await sidebar.request('decide')).body).toMatchObject({ forEarlierText: true, noteHash: 'hash-1' });
  });

  test('what fails before anything is triaged is said too', async () => {
    await sidebar.show(reviewState({ prediction: null, activity: { kind: 'idle' } }));
    await button(/^Triage this note/).click();
    const refusal = 'The note is empty; write something into it first.';
    await sidebar.answer(await sidebar.request('triage'), { error: refusal, reason: 'other' });
    await sidebar.page.getByRole('alert').getByText(refusal).waitFor();
  });

  test('triage again asks for the note on screen', async () => {
    await sidebar.show(reviewState({ note: { ...note, hash: 'hash-2' } }));
    await button(/^Triage again/).click();
    expect((await sidebar.request('triage')).body).toEqual({ noteId: 'ed-0071.txt' });
  });

  test('a key of the editor does what the button does, with the form as it stands', async () => {
    await sidebar.show(reviewState());
    await comment().fill('Seen.');
    await sidebar.post({ type: 'perform', command: 'accept', noteId: 'ed-0071.txt', predictionId: 'prediction-1' });
    expect((await sidebar.request('decide')).body).toMatchObject({ action: 'accepted', comment: 'Seen.' });
  });

  test('a refused decision stands there as an alert, and the form is as it was', async () => {
    await sidebar.show(reviewState());
    await rationale().fill('Mine.');
    await button(/^Save correction/).click();
    const refusal = 'The database cannot be written; check the permissions of its folder.';
    await sidebar.answer(await sidebar.request('decide'), { error: refusal, reason: 'other' });
    expect(await sidebar.page.getByRole('alert').innerText()).toContain(refusal);
    await expect.poll(() => rationale().inputValue()).toBe('Mine.');
    await screenshot('refused');
  });

  test('what became of a decision is in view, and the next note is read from its beginning', async () => {
    await sidebar.page.setViewportSize({ width: 250, height: 400 });
    await sidebar.show(reviewState());
    await sidebar.post({ type: 'perform', command: 'correct', noteId: 'ed-0071.txt', predictionId: 'prediction-1' });
    const hint = await sidebar.page.locator('.hint', { hasText: 'Nothing is changed yet' }).boundingBox();
    expect(hint?.y).toBeGreaterThan(0);
    // Pages scroll by whole pixels.
    expect((hint?.y ?? 0) + (hint?.height ?? 0)).toBeLessThan(401);
    await sidebar.show(reviewState({ note: { ...note, id: 'b.txt' }, prediction: { ...prediction, id: 'b' } }));
    expect(await sidebar.page.evaluate('window.scrollY')).toBe(0);
  });

  test('a screen reader hears the acuity, then the whole rationale, and no single words', async () => {
    const said: string[] = [];
    await sidebar.page.exposeFunction('hear', (text: string) => void said.push(text));
    await sidebar.page.evaluate(`
      const status = document.querySelector('review-sidebar').shadowRoot.querySelector('[role=status]');
      new MutationObserver(() => window.hear(status.textContent.trim())).observe(status, {
        childList: true, characterData: true, subtree: true,
      });
    `);
    await sidebar.show(reviewState({ prediction: { ...prediction, rationale: '' }, activity: { kind: 'streaming' } }));
    for (const length of [10, 40, 90]) {
      const text = modelsRationale.slice(0, length);
      await sidebar.post({ type: 'rationale', predictionId: 'prediction-1', text });
      await sidebar.page.locator('.why .rationale', { hasText: text }).waitFor();
    }
    await sidebar.show(reviewState());
    expect(said).toEqual(['ed-0071.txt, 3 of 24. Level 2, emergent, 82 %.', `Rationale: ${modelsRationale}`]);
    // Nothing that streams is a live region of its own.
    expect(await sidebar.page.locator('[aria-live]').count()).toBe(1);
  });

  test('text that looks like HTML is shown as text', async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await sidebar.show(
      reviewState({
        note: { ...note, name: hostile },
        prediction: { ...prediction, rationale: hostile },
        decisions: [decision({ comment: hostile, reviewer: hostile })],
      }),
    );
    await rationale().fill(`${hostile} more`);
    expect(await sidebar.page.locator('.why .rationale').innerText()).toBe(hostile);
    expect(await sidebar.page.locator('img, main script').count()).toBe(0);
    expect(await sidebar.page.title()).toBe('Review');
  });

  test('nothing moves where the reviewer asked for less motion', async () => {
    const running = () =>
      sidebar.page.evaluate<number>(
        `document.querySelector('review-sidebar').shadowRoot.getAnimations().filter(({ playState }) => playState === 'running').length`,
      );
    const streaming = reviewState({ activity: { kind: 'streaming' } });
    await sidebar.show(streaming);
    expect(await running()).toBe(0);
    await sidebar.page.emulateMedia({ reducedMotion: 'no-preference' });
    await sidebar.show(streaming);
    expect(await running()).toBeGreaterThan(0);
  });

  test('the note’s earlier decisions can be opened', async () => {
    await sidebar.show(
      reviewState({
        decisions: [
          decision({ sequence: 3, action: 'corrected', labelId: 'resuscitation', rationale: 'Mine.' }),
          decision({ sequence: 1, current: false, noteHash: 'hash-0' }),
        ],
      }),
    );
    await sidebar.page.getByText('Earlier decisions (2)').click();
    const entries = await sidebar.page.locator('.history li').allInnerTexts();
    expect(entries[0]).toMatch(/corrected to 1 resuscitation.*holds/s);
    expect(entries[1]).toMatch(/accepted as 2 emergent.*about an earlier text/s);
    await screenshot('history');
  });
});
