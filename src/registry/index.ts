export { type Criterion, type Provenance, provenanceFile, type Verdict } from './provenance.ts';
export { type Companions, ModelRegistry, type ModelVersion } from './registry.ts';
