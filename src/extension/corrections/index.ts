export { CorrectionsKeeper, workspaceFolderName } from './corrections-keeper.ts';
export { reviewerName } from './reviewer.ts';
