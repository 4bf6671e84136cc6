import { defineConfig } from 'vitest/config'

// Where to leave a JSON report beside the one for people; .ci/run counts the tests from it.
const jsonReport = process.env.TEST_REPORT

export default defineConfig({
  test: {
    projects: [
      // Beside the code, of parts that keep nothing: a process runs one file after the other, which spares a third of the time.
      { extends: true, test: { name: 'parts', include: ['src/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: { name: 'whole', include: ['test/**/*.test.ts'], globalSetup: 'test/bundled-program.ts' },
      },
    ],
    pool: 'forks', // a test that crashes or leaks takes only its own process with it
    maxWorkers: '100%', // the main process only waits
    // Only to end a hang, so it may be as long as anybody would wait: on a machine that is busy with other things a test takes ten
    // times its time, and no test fails for that.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    reporters: jsonReport ? ['default', ['json', { outputFile: jsonReport }]] : ['default'],
  },
})
