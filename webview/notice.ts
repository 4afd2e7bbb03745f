/** What the page tells the reviewer about what they just did. */
export interface Notice {
  readonly kind: 'saved' | 'undone' | 'hint' | 'failed';
  readonly text: string;
  /** The note that it is about. */
  readonly noteId: string | null;
}
