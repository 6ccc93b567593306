import path from 'node:path'

/** The languages whose tests are understood. */
export type Language =
  | 'javascript'
  | 'python'
  | 'go'
  | 'rust'
  | 'ruby'
  | 'php'
  | 'java'
  | 'csharp'
  | 'cpp'
  | 'perl'

/** The language of a file by the end of its name. */
export function languageOf(file: string): Language | undefined {
  const ending = path.extname(file).slice(1).toLowerCase()
  return LANGUAGES.find(([, { endings }]) => endings.includes(ending))?.[0]
}

/** Names of the files that make a folder a package of the language; `*.csproj` stands for any file that ends so. */
export function manifestsOf(language: Language): readonly string[] {
  return LANGUAGES.find(([name]) => name === language)?.[1].manifests ?? []
}

/** In these a folder within a package has the same file as the package itself: the outermost one is meant. */
export function isOutermost(language: Language): boolean {
  return language === 'cpp'
}

interface Signs {
  endings: string[]
  manifests: string[]
}

const SIGNS = {
  javascript: {
    endings: ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'vue', 'svelte'],
    manifests: ['package.json', 'deno.json', 'deno.jsonc'],
  },
  python: {
    endings: ['py'],
    manifests: ['pyproject.toml', 'setup.py', 'setup.cfg', 'pytest.ini', 'tox.ini', 'manage.py'],
  },
  go: { endings: ['go'], manifests: ['go.mod'] },
  rust: { endings: ['rs'], manifests: ['Cargo.toml'] },
  ruby: { endings: ['rb'], manifests: ['Gemfile', '.rspec', 'Rakefile', '*.gemspec'] },
  php: { endings: ['php'], manifests: ['composer.json', 'phpunit.xml', 'phpunit.xml.dist'] },
  java: {
    endings: ['java', 'kt', 'groovy', 'scala'],
    manifests: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
  },
  csharp: { endings: ['cs', 'fs', 'vb'], manifests: ['*.csproj', '*.fsproj', '*.vbproj'] },
  cpp: { endings: ['c', 'cc', 'cpp', 'cxx', 'h', 'hpp'], manifests: ['CMakeLists.txt'] },
  perl: {
    endings: ['t', 'pl', 'pm'],
    manifests: ['cpanfile', 'Makefile.PL', 'Build.PL', 'dist.ini'],
  },
} satisfies Record<Language, Signs>

const LANGUAGES: [Language, Signs][] = [
  ['javascript', SIGNS.javascript],
  ['python', SIGNS.python],
  ['go', SIGNS.go],
  ['rust', SIGNS.rust],
  ['ruby', SIGNS.ruby],
  ['php', SIGNS.php],
  ['java', SIGNS.java],
  ['csharp', SIGNS.csharp],
  ['cpp', SIGNS.cpp],
  ['perl', SIGNS.perl],
]
