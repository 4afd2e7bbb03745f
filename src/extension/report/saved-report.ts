import { readFile } from 'node:fs/promises';
import { errorCode, UserError } from '../../common/index.ts';

/**
 * What every report begins with. Its policy stands before anything that it could allow, so that a page which begins so can neither
 * run nor load anything, whatever follows.
 */
const beginning =
  /^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'">\n/;

/**
 * Reads a report that was saved as a page, such as a retraining's.
 *
 * @throws UserError when the file cannot be read or is another page.
 */
export async function readSavedReport(file: string): Promise<string> {
  const page = await readPage(file);
  if (!beginning.test(page)) {
    throw new UserError(`${file}: is not a report of this program; choose the .json file of an evaluation.`);
  }
  return page;
}

async function readPage(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new UserError(`${file}: the report cannot be read; check that it is there and may be read.`);
  }
}
