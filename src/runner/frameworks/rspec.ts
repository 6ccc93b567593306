import type { Framework, PackageView, TestRequest } from '../framework.ts'
import { patternsIn } from '../configured-patterns.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { readEvents } from '../reports/events.ts'
import { findGem, rubyCommand, rubyReporter } from './ruby.ts'

/** RSpec 3. */
export const rspec = {
  name: 'rspec',
  language: 'ruby',
  source: 'reporter',
  imports: /\bRSpec\.describe\b|require ['"](?:spec_helper|rails_helper|rspec)['"]/,
  detect: view => (view.exists('.rspec') ? '.rspec' : findGem(view, 'rspec')),
  isTest: file => file.endsWith('_spec.rb'),
  configured: view => patternsIn(view.read('.rspec'), '--pattern'),
  testPatterns: '*_spec.rb',
  configuration: (view: PackageView) =>
    ['.rspec', 'spec/spec_helper.rb', 'spec/rails_helper.rb'].filter(view.exists),
  manifestKeys: [],
  snapshots: () => [],
  command(request) {
    const program = rubyCommand('rspec', request)
    if (program === undefined) return undefined
    const env = { [REPORT_VARIABLE]: request.report }
    return { argv: [...program, ...flags(), ...selection(request)], env }
  },
  install: 'Install RSpec: gem install rspec, or add it to the Gemfile and run bundle install.',
  parse: readEvents,
} satisfies Framework

function flags(): string[] {
  const report = ['--require', rubyReporter('redgreen_rspec'), '--format', 'RedgreenRspec']
  return [
    ...report,
    '--format',
    'documentation',
    '--no-color',
    '--no-fail-fast',
    '--order',
    'defined',
  ]
}

/** RSpec matches the full description, in which the parts are joined by spaces. */
function selection({ files, names }: TestRequest): string[] {
  if (names.length === 0) return files
  return ['--example-matches', `\\A(?:${names.map(patternOf).join('|')})\\z`, ...files]
}

/** Like `namePattern`, with the character classes of Ruby. */
function patternOf(name: string): string {
  const parts = name
    .split(' > ')
    .map(part => part.replace(/[\\^$.*+?()[\]{}|/#-]/g, String.raw`\$&`))
  return parts
    .map(part => part.replace(/ /g, String.raw`[[:space:][:cntrl:]]+`))
    .join(String.raw`(?:\s+>)?\s+`)
}
