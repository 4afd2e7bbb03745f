export { UserError } from './errors.ts';
export { asWriteError, errorCode, writeFileAtomically } from './files.ts';
export { hashFile } from './hash-file.ts';
export { ProcessLock } from './process-lock.ts';
export { Random } from './random.ts';
