import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { TestCommand, Framework, PackageView, TestRequest } from '../framework.ts'
import { classOf, javaFramework, methodOf, withoutParameters, findBuildTool } from './java.ts'

/** JUnit tests, run by Gradle. */
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
    const program = findBuildTool(request, 'gradlew', 'gradle')
    const chosen = request.files.flatMap(file => patternsOf(file, request))
    const tests = [...new Set(chosen)].map(pattern => `--tests=${pattern}`)
    if (program === undefined) return undefined
    return { argv: [program, `--init-script=${initScript(request)}`, ...FLAGS, ...tests], env: {} }
  },
  install: 'Install Gradle, so that the command gradle is on the PATH, or add its wrapper gradlew.',
} satisfies Framework

const FLAGS = [
  // A daemon would run the tests outside of the process tree of the run, and with another environment.
  '--no-daemon',
  '--console=plain',
  '--continue',
  // Without `cleanTest`, Gradle skips tests that are up to date and writes no report.
  'cleanTest',
  'test',
]

/** Makes a pattern without matching tests no error, because Gradle's message for it is the same as for a crash. */
function initScript({ report }: TestRequest): string {
  const file = path.join(path.dirname(report), 'init', 'redgreen.gradle')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(
    file,
    'allprojects { tasks.withType(Test) { filter.failOnNoMatchingTests = false } }\n',
  )
  return file
}

/** Patterns for a class and its nested classes, or for the named methods. In Gradle's patterns only `*` is special. */
function patternsOf(file: string, { names }: TestRequest): string[] {
  const className = classOf(file)
  if (names.length === 0) return [className, `${className}$*`]
  return names.flatMap(name => {
    const { type, method } = methodOf(file, name)
    const plainMethod = withoutParameters(method)
    // Some reports name the parameters without the method.
    return plainMethod === '' ? [type] : [`${type}.${method}`, `${type}.${plainMethod}`]
  })
}
