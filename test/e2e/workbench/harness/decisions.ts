import { CorrectionsStore, type Decision } from '../../../../src/corrections/index.ts';
import type { RunningWorkbench } from './running-workbench.ts';

/** All decisions about a note that a process other than the editor's finds in the database, oldest first. */
export function decisionsAbout(noteId: string, { corrections }: RunningWorkbench): Decision[] {
  return withStore(corrections, (store) => store.history(noteId));
}

export function withStore<T>(file: string, use: (store: CorrectionsStore) => T): T {
  const store = CorrectionsStore.open(file);
  try {
    return use(store);
  } finally {
    store.close();
  }
}
