export { Notes, type NotesParts } from './notes.ts';
export { notesViewId } from './notes-tree.ts';
export { registerNotesView } from './notes-view.ts';
