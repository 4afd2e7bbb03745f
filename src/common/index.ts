export { UserError } from './errors.ts';
export { asWriteError, errorCode, writeFileAtomically } from './files.ts';
export { Random } from './random.ts';
