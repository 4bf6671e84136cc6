import { defineConfig } from 'vitest/config'

// Where to leave a JSON report beside the one for people; .ci/run counts the tests from it.
const jsonReport = process.env.TEST_REPORT

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    pool: 'forks', // a test that crashes or leaks takes only its own process with it
    maxWorkers: '100%', // the main process only waits
    testTimeout: 60_000, // properties and child processes on a slow two-core machine; a hang still ends
    hookTimeout: 60_000,
    reporters: jsonReport ? ['default', ['json', { outputFile: jsonReport }]] : ['default'],
  },
})
