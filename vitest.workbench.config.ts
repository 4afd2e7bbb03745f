import { defineConfig } from 'vitest/config';

/** The tests that drive the extension in a whole editor, one file after another: `npm run test:workbench`. */
export default defineConfig({
  test: {
    include: ['test/e2e/workbench/**/*.test.ts'],
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
