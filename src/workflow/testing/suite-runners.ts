import { frameworks } from '../../runner/frameworks/index.ts'
import { readTestScript, type TestScript } from '../../runner/test-script/test-script.ts'
import { rootPackage, type Package } from '../../store/package-view.ts'
import { chosenMembers, workspaceMembers } from '../../store/workspace-members.ts'
import { isSame, runnerIn, type ProjectContext, type TestRunner } from './package-runner.ts'

/** What the project's own test script runs. */
export interface ProjectSuite {
  /** In the order of the script; empty if the project has no script that can be read. */
  testRunners: TestRunner[]
  /** Parts of the script that could not be read and may run tests. */
  unread: string[]
}

/** The suite as the test script of the root package defines it, or the scripts of its members if it has none. */
export function projectSuite(context: ProjectContext): ProjectSuite {
  const { tests } = context.settings.commands
  if (tests !== undefined) return { testRunners: [], unread: [] }
  const root = rootPackage(context.workspace)
  const script = readTestScript(root.view.manifest)
  if (script) return suiteOf(context, root, script)
  if (runnerIn(context, root)) return { testRunners: [], unread: [] }
  return suiteOf(context, root, ALL_MEMBERS)
}

const ALL_MEMBERS: TestScript = {
  text: '',
  uses: [],
  packages: [{ script: 'test', filters: [] }],
  unread: [],
  names: [],
}

function suiteOf(context: ProjectContext, own: Package, script: TestScript): ProjectSuite {
  const direct = script.uses.flatMap(use => {
    const framework = frameworks.find(({ name }) => name === use.framework)
    return framework
      ? [
          {
            framework,
            package: own,
            evidence: EVIDENCE,
            isTest: (file: string) => framework.isTest(file),
          },
        ]
      : []
  })
  const nested = script.packages.map(call => packagesSuite(context, own, call))
  const all = [...direct, ...nested.flatMap(({ testRunners }) => testRunners)]
  return {
    testRunners: all.filter((one, at) => all.findIndex(other => isSame(one, other)) === at),
    unread: [...script.unread, ...nested.flatMap(({ unread }) => unread)],
  }
}

const EVIDENCE = 'the script "test" of package.json'

function packagesSuite(
  context: ProjectContext,
  own: Package,
  { script, filters }: TestScript['packages'][number],
): ProjectSuite {
  const others = workspaceMembers(context.workspace).filter(({ folder }) => folder !== own.folder)
  const suites = chosenMembers(others, filters).map(member => {
    const read = readTestScript(member.view.manifest, script)
    return read ? suiteOf(context, member, { ...read, packages: [] }) : NOTHING
  })
  return {
    testRunners: suites.flatMap(({ testRunners }) => testRunners),
    unread: suites.flatMap(({ unread }) => unread),
  }
}

const NOTHING: ProjectSuite = { testRunners: [], unread: [] }

/** A sentence if the suite is not known to be what the project calls its tests. */
export function describeUnread(context: ProjectContext): string[] {
  const { unread } = projectSuite(context)
  const [first] = unread
  if (first === undefined) return []
  const more = unread.length > 1 ? ` and ${unread.length - 1} more` : ''
  return [
    `! This was not the project's whole test script: \`${first}\`${more} could not be read and was not run. A human can set commands.tests.`,
  ]
}
