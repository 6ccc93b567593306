import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { TestCommand, Framework, PackageView, TestRequest } from '../framework.ts'
import { classOf, javaFramework, methodOf, plainMethod, programOf } from './java.ts'

/** JUnit, run by Gradle. */
export const gradle = {
  ...javaFramework('build/test-results/test'),
  name: 'gradle',
  detect: view => ['build.gradle.kts', 'build.gradle'].find(view.exists),
  configuration: (view: PackageView) =>
    [
      'build.gradle',
      'build.gradle.kts',
      'settings.gradle',
      'settings.gradle.kts',
      'gradle.properties',
    ].filter(view.exists),
  command(request): TestCommand | undefined {
    const program = programOf(request, 'gradlew', 'gradle')
    const chosen = request.files.flatMap(file => patternsOf(file, request))
    const tests = [...new Set(chosen)].flatMap(pattern => ['--tests', pattern])
    if (program === undefined) return undefined
    return { argv: [program, `--init-script=${initScript(request)}`, ...FLAGS, ...tests], env: {} }
  },
  install: 'Install Gradle, so that the command gradle is on the PATH, or add its wrapper gradlew.',
} satisfies Framework

const FLAGS = [
  // Tests of a daemon would run outside of our process tree: with an environment of others, and beyond our reach.
  '--no-daemon',
  '--console=plain',
  '--continue',
  // Tests that are up to date would not run, and would leave no report.
  'cleanTest',
  'test',
]

/** To Gradle a pattern without a test is a failure, in the same words as a process that died before its first test ended. */
function initScript({ report }: TestRequest): string {
  const file = path.join(path.dirname(report), 'init', 'redgreen.gradle')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(
    file,
    'allprojects { tasks.withType(Test) { filter.failOnNoMatchingTests = false } }\n',
  )
  return file
}

/** The class with what is nested in it, or methods. In a pattern of Gradle only `*` has a meaning. */
function patternsOf(file: string, { names }: TestRequest): string[] {
  const own = classOf(file)
  if (names.length === 0) return [own, `${own}$*`]
  return names.flatMap(name => {
    const { type, method } = methodOf(file, name)
    const plain = plainMethod(method)
    // Parameters may be told without their method.
    return plain === '' ? [type] : [`${type}.${method}`, `${type}.${plain}`]
  })
}
