/**
 * The direction of imports, as docs/ARCHITECTURE.md draws it. Each room may import the rooms named for it, through their
 * doors (`index.ts`) alone.
 */
const rooms = {
  common: [],
  onnx: ['common'],
  dataset: ['common'],
  corrections: ['common', 'dataset'],
  t5: ['common', 'onnx'],
  evaluation: ['common', 'dataset', 't5', 'triage'],
  triage: ['common', 't5', 'onnx'],
  training: ['common', 'dataset', 'evaluation', 'triage', 't5', 'onnx'],
  engine: ['common', 'dataset', 'corrections', 'evaluation', 'training', 'triage', 't5', 'onnx'],
  cli: ['common', 'dataset', 'corrections', 'engine', 'evaluation', 'training', 'triage', 't5', 'onnx'],
  extension: ['common', 'dataset', 'corrections', 'engine'],
};

const direction = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports`,
  comment: `src/${room} may import only: ${allowed.join(', ') || 'nothing of src'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
}));

export default {
  forbidden: [
    ...direction,
    {
      name: 'through-the-door',
      comment: 'Another room is entered through its index.ts: nothing reaches past it',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'only-onnx-loads-the-runtime',
      comment: 'ONNX Runtime is loaded in one place',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/onnx/' },
      to: { path: 'node_modules/onnxruntime-node' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js'], conditionNames: ['import', 'node'] },
  },
};
