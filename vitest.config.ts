import path from 'node:path'
import process from 'node:process'
import { defineConfig } from 'vitest/config'
import { pathWithCommand } from './test/kit/command-link.ts'

// The secret of the tests stays out of the developer's home folder.
process.env['XDG_STATE_HOME'] ??= path.resolve('node_modules/.cache/redgreen-state')
// The program is on the search path of the tests, see test/build-once.ts.
process.env['PATH'] = pathWithCommand()

/** Tests that need neither the built program nor a test runner. `npm run test:unit` runs only these, in seconds. */
const UNIT = [
  'test/*.test.ts',
  'test/package/!(tarball).test.ts',
  'test/{plan,evidence}/**/*.test.ts',
  'test/mutation/**/!(compile).test.ts',
  'test/setup/{text,clients}/*.test.ts',
  'test/setup/doctor/{client,hook}-checks.test.ts',
  'test/setup/{plan,example,test-command}.test.ts',
  'test/hook/{hook,shell}.test.ts',
  'test/cli/{addresses,completion,frontend,run-command,program-files,compiled-code,node-files,plain-schemas}.test.ts',
  'test/server/{stdio-client,http/*}.test.ts',
  'test/dialects/**/!(bad-input|production|approval|loop).test.ts',
  'test/runner/{command-line,cookies,folder-listings,download-failure,environment,own-command,empty-suites,findings,lines,no-files,check-configuration,program,relevant-configuration,report-file,run-outcome,run-queue,safe-text,script-checks,suppressions,test-recipe,text-file,reader-growth,warning-limit}.test.ts',
  'test/runner/reports/!(finished-tests).test.ts',
  'test/runner/standby/{plain-configuration,stamps}.test.ts',
  'test/runner/test-script/{test-script,test-selection}.test.ts',
  'test/runner/frameworks/{index,nextest,related,rust-tests}.test.ts',
  'test/workflow/context/{client-folders,missing-code,misread-plans,named-checklists,nested-repositories,plan-cache,task-ids,local-work}.test.ts',
  'test/workflow/testing/{imported-names,measurements,loaded-modules,moved-text,split-tests}.test.ts',
  'test/bench/!(work).test.ts',
  'test/store/{source-list,snapshot-objects,turn-cache,turn}.test.ts',
  'test/store/coordinator/memory.test.ts',
  'test/store/coordinator/postgres/!(chaos|conformance).test.ts',
  'test/store/coordinator/{clone-id,clone-names,project-name,replica}.test.ts',
  'test/page/!(browser-*).test.ts',
  'test/workflow/response/optional-tasks.test.ts',
  'test/workflow/mutation/try-mutants.test.ts',
  'test/workflow/{continued-task,syncs}.test.ts',
  'test/workflow/guards/merge-hint.test.ts',
  'test/workflow/report/{production-report,event-lines,exported-report}.test.ts',
  'test/workflow/validation/{gotchas/search,application/expectation,application/known-failure}.test.ts',
]

/** Tests that replace a module: the replacement must not reach the files that run after them in the same worker. */
const WITH_REPLACED_MODULES = [
  'test/states/control.test.ts',
  'test/workflow/context/reads.test.ts',
  'test/workflow/ledger-passes.test.ts',
  'test/workflow/read-ahead.test.ts',
  'test/workflow/disk-questions.test.ts',
]

const BUILT = {
  globalSetup: ['test/build-once.ts'],
  setupFiles: ['test/kit/every-fourth.ts'],
  testTimeout: 120_000,
  hookTimeout: 180_000,
}

const FIXTURES = ['test/**/fixtures/**', 'node_modules/**']

export default defineConfig({
  test: {
    globalSetup: ['test/kit/requirements-ran.ts'],
    // More than two cores: most tests wait for programs that they started.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          include: UNIT,
          exclude: FIXTURES,
          testTimeout: 120_000,
          env: { REDGREEN_TEST_WITHOUT_BUILD: '1' },
        },
      },
      {
        test: {
          ...BUILT,
          name: 'built',
          // Loading the sources takes a second of processor time, so a worker loads them once for all of its files.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...UNIT, ...WITH_REPLACED_MODULES, ...FIXTURES],
        },
      },
      { test: { ...BUILT, name: 'isolated', include: WITH_REPLACED_MODULES } },
    ],
  },
})
