import { basename } from 'node:path';
import * as vscode from 'vscode';
import { noteIdOfPath, partId } from '../notes/note-id.ts';
import { noteTextOf } from '../notes/note-text.ts';
import { notesGlob } from '../settings.ts';
import type { NoteTarget } from './note-target.ts';

/** A target that is a document of the editor's. */
export interface DocumentTarget extends NoteTarget {
  readonly uri: vscode.Uri;
}

const fileSchemes = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs']);

/** The note's id: its path in the workspace with `/`, or the URI of a document that is no file. */
export function noteIdOf(uri: vscode.Uri): string {
  if (uri.scheme !== 'file') return uri.toString();
  const root = vscode.workspace.workspaceFolders?.[0];
  return root === undefined ? uri.path : noteIdOfPath(root.uri.fsPath, uri.fsPath);
}

/** Whether a document can be a note at all: output panels, differences and settings cannot. */
export function canBeNote(uri: vscode.Uri): boolean {
  return fileSchemes.has(uri.scheme);
}

/** Whether the workspace counts a document among its notes, or it is being written and has no name yet. */
export function isNote(document: vscode.TextDocument): boolean {
  if (document.uri.scheme === 'untitled')
    return document.languageId === 'plaintext' || document.languageId === 'markdown';
  return matchesGlob(document.uri);
}

/** Whether the setting's pattern names this file. */
export function matchesGlob(uri: vscode.Uri): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return false;
  const selector = { pattern: new vscode.RelativePattern(folder, notesGlob()) };
  // A document of which `match` reads no more than where it is and what language it has.
  return vscode.languages.match(selector, { uri, fileName: uri.fsPath, languageId: '' } as vscode.TextDocument) > 0;
}

export function wholeNote(uri: vscode.Uri): DocumentTarget {
  const id = noteIdOf(uri);
  return { id, noteId: id, name: nameOf(uri), part: null, uri, read: () => wholeText(uri) };
}

/** The selected part of a document. Its id names the characters, so that two parts of a note are two notes. */
export function selectedPart(document: vscode.TextDocument, selection: vscode.Selection): DocumentTarget {
  const start = document.offsetAt(selection.start);
  const end = document.offsetAt(selection.end);
  const { uri } = document;
  const noteId = noteIdOf(uri);
  const [first, last] = [selection.start.line + 1, selection.end.line + (selection.end.character === 0 ? 0 : 1)];
  return {
    id: partId(noteId, start, end),
    noteId,
    name: nameOf(uri),
    part: last <= first ? `part of line ${first}` : `lines ${first}–${last}`,
    uri,
    read: async () => {
      const text = (await currentText(uri))?.slice(start, end);
      return text === undefined ? undefined : noteTextOf(text);
    },
  };
}

export function nameOf(uri: vscode.Uri): string {
  return basename(uri.path);
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && isSame(document.uri, uri));
}

export function isSame(left: vscode.Uri, right: vscode.Uri): boolean {
  return left.toString() === right.toString();
}

async function wholeText(uri: vscode.Uri): Promise<string | undefined> {
  const text = await currentText(uri);
  return text === undefined ? undefined : noteTextOf(text);
}

/** What the reviewer sees in the editor, saved or not; the file's content where it is not open. */
async function currentText(uri: vscode.Uri): Promise<string | undefined> {
  const document = openDocument(uri);
  if (document !== undefined) return document.getText();
  if (uri.scheme === 'untitled') return undefined;
  try {
    // Without `ignoreBOM`, as the editor does too: the mark is no part of the text.
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
