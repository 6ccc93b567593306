import process from 'node:process'
import { chmodSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { judgeRed } from '../../src/evidence/verdict.ts'
import { downloadFailure } from '../../src/runner/download-failure.ts'
import { maven } from '../../src/runner/frameworks/maven.ts'
import { folderWith, runIn } from './project.ts'

const TRANSFER = 'Could not transfer artifact a:b:1 from/to central (u): Unknown host repo.test'

test.each([
  [
    '[ERROR] Failed to execute goal org.apache.maven.plugins:maven-resources-plugin:2.6:resources (default-resources) on project b: Failed to read artifact descriptor for org.apache.maven:maven-project:jar:2.0.6: Could not transfer artifact org.apache.maven:maven-project:pom:2.0.6 from/to central (https://repo.maven.apache.org/maven2): transfer failed for https://repo.maven.apache.org/maven2/a.pom: Unknown host repo.maven.apache.org: Name or service not known -> [Help 1]\n',
    'Maven could not download org.apache.maven:maven-project:pom:2.0.6 (Unknown host repo.maven.apache.org), so no test ran',
  ],
  [
    '[ERROR] Plugin org.apache.maven.plugins:maven-surefire-plugin:2.22.3 or one of its dependencies could not be resolved: Cannot access central (https://repo.maven.apache.org/maven2) in offline mode and the artifact org.apache.maven.plugins:maven-surefire-plugin:jar:2.22.3 has not been downloaded from it before. -> [Help 1]\n',
    'Maven could not download org.apache.maven.plugins:maven-surefire-plugin:jar:2.22.3 (Cannot access central), so no test ran',
  ],
  [
    "* What went wrong:\n> Could not resolve org.junit:junit-bom:5.9.\n   > Could not GET 'https://repo.maven.apache.org/maven2/a.pom'.\n      > repo.maven.apache.org\n",
    'Gradle could not download https://repo.maven.apache.org/maven2/a.pom, so no test ran',
  ],
  [
    '> No cached version of org.junit:junit:4 available for offline mode.\n',
    'Gradle could not download org.junit:junit:4 (offline mode), so no test ran',
  ],
  [
    "error: failed to get `serde` as a dependency of package `a v0.1.0 (/w)`\n\nCaused by:\n  [6] Couldn't resolve host name (Could not resolve host: index.crates.io)\n",
    "Cargo could not download serde (Couldn't resolve host name (Could not resolve host: index.crates.io)), so no test ran",
  ],
  [
    'go: github.com/a/b@v1.2.3: Get "https://proxy.golang.org/a": dial tcp: lookup proxy.golang.org: no such host\n',
    'Go could not download github.com/a/b@v1.2.3 (dial tcp: lookup proxy.golang.org), so no test ran',
  ],
  [
    '/w/a.csproj : error NU1301: Unable to load the service index for source https://api.nuget.org/v3/index.json.\n',
    'NuGet could not download https://api.nuget.org/v3/index.json (Unable to load the service index), so no test ran',
  ],
])('names what was not downloaded, and why: %#', (output, sentence) => {
  expect(downloadFailure(output)).toBe(sentence)
})

test.each([
  '[ERROR] COMPILATION ERROR :\n[ERROR] src/A.java:[3,5] cannot find symbol\n',
  `[WARNING] ${TRANSFER}\n[ERROR] COMPILATION ERROR :\n`,
  `[INFO] ${TRANSFER}\n`,
  '[ERROR] Tests run: 1, Failures: 1: Could not transfer artifact of the test ==> expected: <1>\n',
  'error[E0432]: unresolved import `serde`\nerror: could not compile `a`\n',
  'a_test.go:3:8: no required module provides package github.com/a/b\n',
  'Error: getaddrinfo ENOTFOUND api.example.com\n',
  '',
])('says nothing about other errors: %#', output => {
  expect(downloadFailure(output)).toBeUndefined()
})

test.runIf(process.platform !== 'win32')('is the cause of a run without a report', async () => {
  const error =
    '[ERROR] A: Could not transfer artifact a:b:1 from/to central (u): Unknown host repo.test -> [Help 1]'
  const files = { 'pom.xml': '<project/>', mvnw: `#!/bin/sh\necho '${error}'\nexit 1\n` }
  const root = folderWith({ ...files, 'src/test/java/ATest.java': 'class ATest {}\n' })
  chmodSync(path.join(root, 'mvnw'), 0o755)
  const outcome = await runIn(root, maven, ['src/test/java/ATest.java'])
  expect(judgeRed(outcome, { kind: 'build', allowMissing: 'never', isOwn: () => false })).toEqual({
    proves: 'nothing',
    code: 'crashed',
    fact: 'The run ended with exit code 1 before its report was complete: Maven could not download a:b:1 (Unknown host repo.test), so no test ran.',
  })
})

test.runIf(process.platform !== 'win32').each([
  ['after a warning', '[WARNING]'],
  ['beside an error', '[ERROR] A:'],
])('is not the cause of a file that does not compile, %s', async (_, level) => {
  const file = 'src/test/java/ATest.java'
  const compiler = `[ERROR] COMPILATION ERROR : \n[ERROR] $PWD/${file}:[3,5] cannot find symbol\n`
  const mvnw = `#!/bin/sh\nprintf '%b' "${level} ${TRANSFER} -> [Help 1]\n${compiler}"\nexit 1\n`
  const root = folderWith({ 'pom.xml': '<project/>', mvnw, [file]: 'class ATest {}\n' })
  chmodSync(path.join(root, 'mvnw'), 0o755)
  const outcome = await runIn(root, maven, [file])
  expect(outcome).toMatchObject({
    end: 'complete',
    loadErrors: [{ file, message: 'cannot find symbol', place: `${file}:3` }],
    unhandled: [],
  })
})

test('a long output takes no long time', () => {
  const output = '[ERROR] Could not transfer artifact '.repeat(3_000)
  const before = process.cpuUsage()
  downloadFailure(`${output}\n${'error: failed to get `'.repeat(3_000)}`)
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000)
})
