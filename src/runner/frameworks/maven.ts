import type { Framework, PackageView, TestRequest } from '../framework.ts'
import { classOf, javaFramework, methodOf, withoutParameters, findBuildTool } from './java.ts'

/** JUnit tests, run by Maven. */
export const maven = {
  ...javaFramework('target/surefire-reports'),
  name: 'maven',
  detect: view => (view.exists('pom.xml') ? 'pom.xml' : undefined),
  configuration: (view: PackageView) =>
    ['pom.xml', 'src/test/resources/junit-platform.properties'].filter(view.exists),
  command(request) {
    const program = findBuildTool(request, 'mvnw', 'mvn')
    const chosen = request.files.map(file => testsOf(file, request)).join(',')
    const flags = ['-B', '-ntp', '-Dstyle.color=never', '-Dsurefire.skipAfterFailureCount=0']
    const only =
      chosen === ''
        ? []
        : [`-Dtest=${chosen}`, '-Dsurefire.failIfNoSpecifiedTests=false', '-DfailIfNoTests=false']
    return program === undefined
      ? undefined
      : { argv: [program, ...flags, 'test', ...only], env: {} }
  },
  install: 'Install Maven, so that the command mvn is on the PATH, or add its wrapper mvnw.',
} satisfies Framework

/** The value of `-Dtest` for a file: its class and nested classes, or the named methods. */
function testsOf(file: string, { names }: TestRequest): string {
  const className = classOf(file)
  if (names.length === 0) return `${className},${className}$*`
  const chosen = names.map(name => {
    const { type, method } = methodOf(file, name)
    return `${type}#${withoutParameters(method)}`
  })
  return [...new Set(chosen)].join(',')
}
