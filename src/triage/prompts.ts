/** The texts a model is asked with, exactly as the method has them (Reason2Decide, arXiv 2512.20074). */
export interface Prompts {
  /** Stage 1, and distilling step by step: the rationale from the note alone. */
  readonly rationale: string;
  readonly predict: string;
  readonly explain: string;
}

export const reason2DecidePrompts: Prompts = {
  rationale: 'explain: {note}',
  predict: 'predict: {note}',
  explain: 'given label: {label}, explain: {note}',
};

/** A prompt with the note, and where it asks for one the label, put in. */
export function fillPrompt(template: string, note: string, label = ''): string {
  // Functions, because a note may hold `$&`, and one pass, because it may hold `{label}`.
  return template.replace(/\{(note|label)\}/g, (_, slot: string) => (slot === 'note' ? note : label));
}
