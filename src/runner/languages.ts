import path from 'node:path'

/** The languages whose tests the server can run. */
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

/** The language of a file, from its extension. */
export function languageOf(file: string): Language | undefined {
  const extension = path.extname(file).slice(1).toLowerCase()
  return LANGUAGES.find(([, { extensions }]) => extensions.includes(extension))?.[0]
}

/** Names of the files that make a folder a package of the language. `*.csproj` stands for any file with that extension. */
export function manifestNames(language: Language): readonly string[] {
  return LANGUAGES.find(([name]) => name === language)?.[1].manifests ?? []
}

/** Do subfolders of a package have manifests of their own, so that the outermost manifest is the package's? */
export function usesOutermostManifest(language: Language): boolean {
  return language === 'cpp'
}

interface LanguageFiles {
  extensions: string[]
  manifests: string[]
}

const FILES = {
  javascript: {
    extensions: ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'vue', 'svelte'],
    manifests: ['package.json', 'deno.json', 'deno.jsonc'],
  },
  python: {
    extensions: ['py'],
    manifests: ['pyproject.toml', 'setup.py', 'setup.cfg', 'pytest.ini', 'tox.ini', 'manage.py'],
  },
  go: { extensions: ['go'], manifests: ['go.mod'] },
  rust: { extensions: ['rs'], manifests: ['Cargo.toml'] },
  ruby: { extensions: ['rb'], manifests: ['Gemfile', '.rspec', 'Rakefile', '*.gemspec'] },
  php: { extensions: ['php'], manifests: ['composer.json', 'phpunit.xml', 'phpunit.xml.dist'] },
  java: {
    extensions: ['java', 'kt', 'groovy', 'scala'],
    manifests: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
  },
  csharp: { extensions: ['cs', 'fs', 'vb'], manifests: ['*.csproj', '*.fsproj', '*.vbproj'] },
  cpp: { extensions: ['c', 'cc', 'cpp', 'cxx', 'h', 'hpp'], manifests: ['CMakeLists.txt'] },
  perl: {
    extensions: ['t', 'pl', 'pm'],
    manifests: ['cpanfile', 'Makefile.PL', 'Build.PL', 'dist.ini'],
  },
} satisfies Record<Language, LanguageFiles>

const LANGUAGES: [Language, LanguageFiles][] = [
  ['javascript', FILES.javascript],
  ['python', FILES.python],
  ['go', FILES.go],
  ['rust', FILES.rust],
  ['ruby', FILES.ruby],
  ['php', FILES.php],
  ['java', FILES.java],
  ['csharp', FILES.csharp],
  ['cpp', FILES.cpp],
  ['perl', FILES.perl],
]
