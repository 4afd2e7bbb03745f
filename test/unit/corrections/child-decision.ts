import { type NewDecision, noteHash } from '../../../src/corrections/index.ts';

/** A decision as a process saves it that is watched, or killed, from outside. */
export function newChildDecision(name: string, index: number): NewDecision {
  // Some fit on their page of the database, others run over several.
  const noteText = `${name}, note ${index}: ${'cough, SpO2 91%, HR 118. '.repeat(index % 5 === 0 ? 400 : 4)}`;
  const label = { id: 'emergent', text: 'emergent', level: 2 };
  return {
    noteId: `${name}-${index}.txt`,
    noteHash: noteHash(noteText),
    noteText,
    predictionId: `${name}-${index}`,
    model: { id: 'triage-small', version: '0.1.0', fingerprint: 'f'.repeat(64) },
    predicted: { labelId: 'emergent', labelText: 'emergent', level: 2, probabilities: { emergent: 1 }, rationale: '' },
    action: 'accepted',
    label,
    rationale: 'SpO2 is low.',
    comment: '',
    reviewer: name,
    supersedes: null,
  };
}
