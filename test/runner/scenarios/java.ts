import { dotnet } from '../../../src/runner/frameworks/dotnet.ts'
import { gradle } from '../../../src/runner/frameworks/gradle.ts'
import { maven } from '../../../src/runner/frameworks/maven.ts'
import { nextest } from '../../../src/runner/frameworks/nextest.ts'
import { pest } from '../../../src/runner/frameworks/phpunit.ts'
import type { RunnerFixture } from './scenario.ts'

const junit = (body: string, mark = '') =>
  `import org.junit.jupiter.api.*;\nclass SumsTest {\n    @Test ${mark} void adds() { ${body} }\n}\n`

const JAVA: RunnerFixture['tests'] = {
  fails: junit('Assertions.assertEquals(3, 1 + 1);'),
  passes: junit('Assertions.assertEquals(2, 1 + 1);'),
  broken: junit('Assertions.missing(1 + 1);'),
  empty: '\n',
  skipped: junit('', '@Disabled'),
  hangs: junit('for (;;) { }'),
  crashes: junit('Runtime.getRuntime().halt(3);'),
}

/** Gradle before 4.6, which Debian provides, supports JUnit 4 only. */
const junit4 = (body: string, mark = '') =>
  `import org.junit.*;\npublic class SumsTest {\n    @Test ${mark} public void adds() { ${body} }\n}\n`

const JARS = ['/usr/share/java/junit4.jar', '/usr/share/java/hamcrest-core.jar']

const BUILD = `apply plugin: 'java'
dependencies { testCompile files(${JARS.map(jar => `'${jar}'`).join(', ')}) }
`

export const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sums</groupId><artifactId>sums</artifactId><version>1</version>
  <properties>
    <maven.compiler.source>11</maven.compiler.source><maven.compiler.target>11</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>
      <version>5.9.2</version><scope>test</scope>
    </dependency>
  </dependencies>
  <build><plugins>
    <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.0</version></plugin>
    <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.10.1</version></plugin>
    <plugin><artifactId>maven-surefire-plugin</artifactId><version>2.22.3</version></plugin>
  </plugins></build>
</project>
`

/** Options that make Maven use the packages of Debian, which need no network. */
export const DEBIAN = `-o
-s
/etc/maven/settings-debian.xml
-Dmaven.repo.local=/usr/share/maven-repo
`

/** What the packages of Debian have to hold for that. */
export const REPOSITORY = [
  '/usr/share/maven-repo/org/apache/maven/plugins/maven-surefire-plugin/2.22.3',
  '/usr/share/maven-repo/org/junit/jupiter/junit-jupiter/5.9.2',
]

/** The fixture of a runner that was never tested with the real program. Only the scenario `empty` runs, which starts no program. */
const untested = (
  framework: RunnerFixture['framework'],
  test: string,
  program: string,
): RunnerFixture => ({
  framework,
  files: {},
  test,
  id: '',
  tests: Object.assign({}, JAVA, { empty: '\n' }),
  slow: true,
  programs: [program, 'never-tested'],
})

export const java: RunnerFixture[] = [
  {
    framework: maven,
    files: { 'pom.xml': POM, '.mvn/maven.config': DEBIAN },
    test: 'src/test/java/SumsTest.java',
    id: 'src/test/java/SumsTest.java > adds',
    tests: JAVA,
    named: junit('} @Test void addsMore() { Assertions.fail();'),
    hangTimeoutMs: 25_000,
    slow: true,
    programs: ['mvn', 'java'],
    paths: REPOSITORY,
  },
  {
    framework: gradle,
    files: { 'build.gradle': BUILD, 'settings.gradle': `rootProject.name = 'sums'\n` },
    test: 'src/test/java/SumsTest.java',
    id: 'src/test/java/SumsTest.java > adds',
    tests: {
      fails: junit4('Assert.assertEquals(3, 1 + 1);'),
      passes: junit4('Assert.assertEquals(2, 1 + 1);'),
      broken: junit4('Assert.missing(1 + 1);'),
      empty: '\n',
      skipped: junit4('', '@Ignore'),
      hangs: junit4('for (;;) { }'),
      crashes: junit4('Runtime.getRuntime().halt(3);'),
    },
    named: junit4('} @Test public void addsMore() { Assert.fail();'),
    hangTimeoutMs: 30_000,
    slow: true,
    programs: ['gradle', 'java'],
    paths: JARS,
  },
  untested(nextest, 'tests/it.rs', 'cargo-nextest'),
  untested(dotnet, 'SumsTests.cs', 'dotnet'),
  untested(pest, 'tests/SumsTest.php', 'pest'),
]
