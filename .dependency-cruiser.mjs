/**
 * The direction of imports, as docs/ARCHITECTURE.md draws it. Each room may import the rooms named for it, through their
 * doors (`index.ts`) alone.
 */
const rooms = {
  common: [],
  onnx: ['common'],
  dataset: ['common'],
  corrections: ['common', 'dataset'],
  interchange: ['common', 'dataset', 'corrections'],
  'language-model': ['common', 'dataset'],
  t5: ['common', 'onnx'],
  evaluation: ['common', 'dataset', 'onnx', 't5', 'triage'],
  triage: ['common', 't5', 'onnx'],
  report: ['common', 'evaluation'],
  training: ['common', 'dataset', 'evaluation', 'triage', 't5', 'onnx'],
  experiment: ['common', 'dataset', 'evaluation', 'training', 'triage', 't5', 'onnx'],
  registry: ['common', 'triage'],
  retraining: [
    'common',
    'dataset',
    'corrections',
    'evaluation',
    'training',
    'triage',
    't5',
    'onnx',
    'registry',
    'report',
  ],
  engine: ['common', 'dataset', 'corrections', 'evaluation', 'training', 'triage', 't5', 'onnx'],
  cli: [
    'common',
    'interchange',
    'language-model',
    'dataset',
    'corrections',
    'engine',
    'evaluation',
    'experiment',
    'training',
    'registry',
    'retraining',
    'triage',
    't5',
    'onnx',
    'report',
  ],
  extension: ['common', 'interchange', 'language-model', 'dataset', 'corrections', 'engine'],
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
      name: 'only-the-extension-knows-vscode',
      comment: 'All that needs the editor is in src/extension; everything else runs without it',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^src/extension/' },
      to: { path: '^vscode$|node_modules/@types/vscode' },
    },
    {
      name: 'the-page-shares-only-messages',
      comment: 'The page in the browser has the types of its messages in common with the extension, and nothing else',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^src/', pathNot: '^src/extension/sidebar/messages\\.ts$' },
    },
    {
      name: 'the-page-shares-only-types',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^src/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-page-stays-out-of-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^webview/' },
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
      // The editor itself provides `vscode`.
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
