import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/fixtures/**', 'node_modules/**'],
    globalSetup: ['test/build-once.ts', 'test/kit/requirements-ran.ts'],
    // Secrets of the tests stay out of the developer's home folder.
    env: { XDG_STATE_HOME: path.resolve('node_modules/.cache/redgreen-state') },
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // More than two cores: most tests wait for programs that they started.
    maxWorkers: 3,
  },
})
