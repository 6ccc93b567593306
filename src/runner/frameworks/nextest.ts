import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { RunnerExit, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { isOnPath } from '../program.ts'
import { locateCargoTest } from '../reports/cargo.ts'
import { readJunit } from '../reports/junit.ts'
import { loadFailureReport } from '../reports/load-failure.ts'
import { cargoFeatures } from './cargo-features.ts'
import { cargo, hasMembers } from './cargo.ts'

/** cargo-nextest, for projects that configure it. Its report is a JUnit file, which a profile of redgreen requests. */
export const nextest = {
  ...cargo,
  name: 'cargo nextest',
  source: 'file',
  detect: view => (view.exists('.config/nextest.toml') ? '.config/nextest.toml' : undefined),
  configuration: (view: PackageView) => [
    ...cargo.configuration(view),
    ...['.config/nextest.toml'].filter(view.exists),
  ],
  command(request) {
    if (!isOnPath('cargo-nextest')) return undefined
    const flags = ['--no-fail-fast', '--color=never', '--no-tests=pass', '--retries=0']
    const profile = ['--tool-config-file', `redgreen:${profileFor(request)}`, '--profile=redgreen']
    const members = request.files.length === 0 && hasMembers(request.cwd) ? ['--workspace'] : []
    const options = [...profile, ...flags, ...members, ...cargoFeatures(request)]
    return {
      argv: ['cargo', 'nextest', 'run', ...options, ...selection(request)],
      env: {},
    }
  },
  install: 'Install cargo-nextest: cargo install --locked cargo-nextest.',
  parse,
} satisfies Framework

/** Writes the profile beside the report, so that the project's own configuration is not changed. */
function profileFor({ report }: TestRequest): string {
  const file = path.join(path.dirname(report), 'profile', 'nextest.toml')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `[profile.redgreen.junit]\npath = ${JSON.stringify(report)}\n`)
  return file
}

function selection({ cwd, files, names }: TestRequest): string[] {
  const programs = files.map(file => {
    const [folder, name = ''] = path.relative(cwd, file).split(path.sep)
    return folder === 'tests' ? `binary(=${path.parse(name).name})` : 'kind(lib) + kind(bin)'
  })
  const tests = names.map(name => `test(/(^|::)${escaped(name.split(' > ').join('::'))}$/)`)
  const parts = [programs, tests]
    .filter(part => part.length > 0)
    .map(part => `(${part.join(' + ')})`)
  return parts.length === 0 ? [] : ['-E', parts.join(' & ')]
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}

/** Exit code 101 without a report means that the build failed. The class in the report is the name of the test program. */
function parse(text: string, request: TestRequest, exit: RunnerExit): Report {
  if (exit.exitCode === 101 && text === '') {
    const error = /^error(?:\[\w+\])?: (.+)$/m.exec(exit.output)?.[1]
    return loadFailureReport(error ?? 'The build failed.', exit.output, request)
  }
  return readJunit(text, request, {
    locationOf: (title, program) => locateCargoTest(title, sourceOf(program, request)),
  })
}

/** The main source file of a test program: `sums` is the library, `sums::it` is `tests/it.rs`, `sums::bin/sum` is a binary. */
function sourceOf(program: string, { cwd }: TestRequest): string {
  const [, target = ''] = /^[^:]*::(.*)$/.exec(program) ?? []
  const [, name] = /^bin\/(.*)$/.exec(target) ?? []
  const bin = [`src/bin/${name}.rs`, `src/bin/${name}/main.rs`, 'src/main.rs']
  const known = name === undefined ? [`tests/${target}.rs`, `tests/${target}/main.rs`] : bin
  const files = (target === '' ? ['src/lib.rs', 'src/main.rs'] : known).map(file =>
    path.join(cwd, file),
  )
  return files.find(file => existsSync(file)) ?? path.join(cwd, program)
}
