import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They drive a whole editor in a browser: npm run test:workbench.
    exclude: ['test/e2e/workbench/**'],
    // ONNX Runtime fills both cores by itself, so test files run one after another.
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
