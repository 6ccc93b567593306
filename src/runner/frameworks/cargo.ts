import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Framework, TestRequest } from '../framework.ts'
import { operands } from '../operands.ts'
import { isOnPath } from '../program.ts'
import { readCargo } from '../reports/cargo.ts'
import { cargoFeatures } from './cargo-features.ts'
import { rustTests } from './rust-tests.ts'
import { FINISHED_TEST } from '../reports/finished-tests.ts'
import { textOfFile } from '../text-file.ts'

/** `cargo test`: integration tests in `tests/`, and unit tests in the source files. */
export const cargo = {
  name: 'cargo test',
  language: 'rust',
  source: 'stdout',
  detect: view => (view.exists('Cargo.toml') ? 'Cargo.toml' : undefined),
  isTest: file => /(?:^|\/)(?:tests|src)\/(?:.+\/)?[^/]+\.rs$/.test(file),
  inline: rustTests,
  testPatterns: 'tests/*.rs, or a source file in src that contains tests',
  configuration: view =>
    [
      'Cargo.toml',
      '.cargo/config.toml',
      '.cargo/config',
      'rust-toolchain.toml',
      'rust-toolchain',
      'build.rs',
    ].filter(view.exists),
  manifestKeys: [],
  snapshots: () => [],
  ownName: (name, files) => {
    const module = files.map(moduleOf).find(module => module !== '' && name.startsWith(module))
    return name
      .slice(module?.length ?? 0)
      .split('::')
      .join(' > ')
  },
  command(request) {
    if (!isOnPath('cargo')) return undefined
    const members = request.files.length === 0 && hasMembers(request.cwd) ? ['--workspace'] : []
    const features = cargoFeatures(request)
    const output = ['--message-format=json', '--color=never']
    const flags = ['--no-fail-fast', ...output, ...members, ...features]
    const rest = ['--', '--color=never', ...filters(request)]
    return { argv: ['cargo', 'test', ...flags, ...targets(request), ...rest], env: ENVIRONMENT }
  },
  install: 'Install Rust, so that the command cargo is on the PATH.',
  finishedTest: FINISHED_TEST.cargo,
  parse: readCargo,
} satisfies Framework

/** Without the option, only the root package is tested. A workspace may choose its default members itself. */
export function hasMembers(cwd: string): boolean {
  const text = textOfFile(path.join(cwd, 'Cargo.toml'))
  return /^[ \t]*\[workspace\]/m.test(text) && !/^[ \t]*default-members\s*=/m.test(text)
}

const ENVIRONMENT = {
  CARGO_TERM_COLOR: 'never',
  CARGO_TERM_PROGRESS_WHEN: 'never',
  RUST_BACKTRACE: '0',
}

function targets({ cwd, files }: TestRequest): string[] {
  const isLibrary = existsSync(path.join(cwd, 'src', 'lib.rs'))
  const chosen = files.map(file => {
    const [folder, name = '', inner] = path.relative(cwd, file).split(path.sep)
    // `tests/it/main.rs` and its modules form the test program `it`.
    if (folder === 'tests') return `--test=${inner === undefined ? path.parse(name).name : name}`
    return isLibrary ? '--lib' : '--bins'
  })
  return [...new Set(chosen)]
}

/** Filters for the requested tests: exact paths of named tests, or the modules of the requested source files. */
function filters({ cwd, files, names }: TestRequest): string[] {
  const modules = files.map(file => moduleOf(path.relative(cwd, file)))
  const paths = names.flatMap(name =>
    (modules.length > 0 ? modules : ['']).map(module => module + name.split(' > ').join('::')),
  )
  if (paths.length > 0) return ['--exact', ...operands(paths)]
  return modules.every(module => module !== '') ? modules : []
}

/** The module of a file: `src/shapes/circle.rs` is `shapes::circle::`, and the root of a library or program is empty. */
function moduleOf(file: string): string {
  const [folder, ...parts] = file.replace(/\.rs$/, '').split(/[\\/]/)
  if (folder !== 'src' || ['lib', 'main'].includes(parts.join('/')) || parts[0] === 'bin') return ''
  return `${parts.filter((part, at) => part !== 'mod' || at < parts.length - 1).join('::')}::`
}
