export { KnownModels, type Memory } from './known-models.ts';
export { ModelEngine } from './model-engine.ts';
