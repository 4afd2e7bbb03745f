export { chooseLanguageModel } from './choose-language-model.ts';
export { EditorLanguageModel } from './editor-language-model.ts';
