import * as vscode from 'vscode';
import type { Notes } from './notes.ts';
import { NotesTree } from './notes-tree.ts';

/**
 * Registers the notes view and its commands. What is behind them is only loaded when the view is shown or a command is given.
 *
 * @param load gives the workspace's notes, the same ones every time.
 * @param show tells the reviewer why something did not work.
 */
export function registerNotesView(load: () => Promise<Notes>, show: (error: unknown) => void): vscode.Disposable {
  const loadStarted = async () => {
    const notes = await load();
    await notes.start();
    return notes;
  };
  const tree = new NotesTree(async () => (await loadStarted()).index, show);
  const register = (name: string, work: (notes: Notes) => unknown) =>
    vscode.commands.registerCommand(`reason2decide.notes.${name}`, async () => {
      try {
        await work(await loadStarted());
      } catch (error) {
        show(error);
      }
    });
  return vscode.Disposable.from(
    tree,
    register('sort', async (notes) => {
      const { askForOrder } = await import('./sort-and-filter.ts');
      const order = await askForOrder(notes.index);
      if (order !== undefined) await notes.setOrder(order);
    }),
    register('sortByUrgency', (notes) => notes.setOrder('urgency')),
    register('sortByUncertainty', (notes) => notes.setOrder('uncertainty')),
    register('sortByName', (notes) => notes.setOrder('name')),
    register('filter', async ({ index }) => {
      const { askForFilter } = await import('./sort-and-filter.ts');
      await askForFilter(index);
    }),
    register('clearFilter', ({ index }) => {
      index.filter = undefined;
    }),
    register('refresh', (notes) => notes.refresh()),
    register('showMore', () => tree.showMore()),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor !== undefined) void tree.revealFile(editor.document.uri);
    }),
  );
}
