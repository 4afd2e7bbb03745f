import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // ONNX Runtime fills both cores by itself, so test files run one after another.
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is waited for is there at once, but for a machine that does other work at the same time.
    expect: { poll: { timeout: 100_000 } },
  },
});
