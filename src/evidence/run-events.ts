import * as z from 'zod'
import {
  codeRemark,
  kind,
  movedTest,
  counts,
  runRecord,
  seen,
  tests,
  mutant,
  superseded,
  refactoring,
} from './event-parts.ts'

/** Events of test runs for a task. */
export const runEvents = [
  z.object({
    kind: z.literal('red'),
    ...seen,
    ...tests,
    provenAs: kind,
    names: z.array(z.string()),
    /** Why test files could not be loaded. */
    loadErrors: z.array(z.object({ file: z.string(), message: z.string() })),
    /** The tests could not be loaded because the code that they test does not exist yet. */
    loadFailure: z.boolean(),
    /** The run was in a temporary checkout: without code that exists now (`late`), or because the tests changed after RED. */
    checkout: z.enum(['late', 'tests-changed']).optional(),
    /** For `late`: what the sources were restored to, the start of the task or feature, or the GREEN of an earlier task. */
    base: z.enum(['task', 'feature', 'green']).optional(),
    /** For `tests-changed`: lines were added to the test files, and none was changed or removed. */
    added: z.literal(true).optional(),
    /** For `tests-changed`: other files that changed since the RED before and that the tests may use. Absent in earlier versions. */
    support: z.array(z.string()).optional(),
  }),
  z.object({
    kind: z.literal('green'),
    ...seen,
    ...tests,
    /** Full names of the only tests that ran; empty if all tests of the files ran. */
    names: z.array(z.string()),
    /** Absent if the files that a `check` task names were enough. */
    run: runRecord.optional(),
    /** The files that a `check` task names. All of them exist and are not empty. */
    named: z.array(z.string()),
    /** The named check of the settings that passed. */
    check: z.string().optional(),
    /** The tests changed after RED: those whose first version fails with the new code. */
    superseded: z.array(superseded).optional(),
    /** For a task of kind `refactor`, whose GREEN is a full suite. */
    refactoring: refactoring.optional(),
  }),
  /** The tests of a GREEN on small changes of the code that the task wrote. */
  z.object({
    kind: z.literal('mutation'),
    task: z.string(),
    settings: seen.settings,
    /** Hash of the GREEN. */
    green: z.string(),
    verdict: z.enum(['noticed', 'weak', 'not-checked']),
    /** Why it was not checked, as a clause. */
    reason: z.string().optional(),
    /** The changes that were tried, and how many were not. */
    mutants: z.array(mutant),
    untried: z.number(),
    /** Functions of the task that do nothing. */
    empty: z.array(z.string()).optional(),
    /** Ids of tests that reach none of their assertions with the code of the GREEN. */
    unreached: z.array(z.string()).optional(),
    /** Files of the task's code, if its tests run none of it. */
    unrun: z.array(z.string()).optional(),
    /** Lines of the code that know of its tests. */
    testAware: z.array(codeRemark).optional(),
    /** Functions that the words of the task name and that do nothing, only fail, or are not there. */
    unwritten: z.array(z.string()).optional(),
    /** How many tests the task turned green. */
    tests: z.number(),
  }),
  /** The suite on the files that a task of kind `refactor` started with. */
  z.object({
    kind: z.literal('before'),
    ...seen,
    run: runRecord,
    counts,
    /** Ids of tests that passed, up to a limit, and what failed: ids, or files that could not be loaded. */
    passed: z.array(z.string()),
    failing: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('suite'),
    ...seen,
    /** `related`: tests that load what the task changed failed, so the full suite did not run. */
    ran: z.enum(['full', 'feature', 'related']),
    run: runRecord,
    counts,
    /** Ids of tests that failed unexpectedly. */
    failing: z.array(z.string()),
    /** Ids of tests that already failed before the feature. */
    before: z.array(z.string()).optional(),
    /** Ids of pending tests that passed. */
    turnedGreen: z.array(z.string()),
    /** Files that could not be loaded at RED and whose tests all passed. */
    passedFiles: z.array(z.string()),
    moved: z.array(movedTest).optional(),
  }),
] as const
