import { UserError } from '../../common/index.ts';
import type { Example } from '../example.ts';
import { readKtas } from './ktas.ts';
import { readMedReason } from './medreason.ts';
import { readPubMedQa } from './pubmedqa.ts';

/** The published data sets that can be converted. */
export const SOURCE_KINDS = ['ktas', 'pubmedqa', 'medreason'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/**
 * Reads a published data set as examples.
 *
 * @throws UserError for an unknown kind and, while reading, for a file that is not as published.
 */
export function convert(kind: string, path: string): AsyncIterable<Example> {
  switch (kind) {
    case 'ktas':
      return readKtas(path);
    case 'pubmedqa':
      return readPubMedQa(path);
    case 'medreason':
      return readMedReason(path);
    default:
      throw new UserError(`The source "${kind}" is not known; use one of: ${SOURCE_KINDS.join(', ')}.`);
  }
}
