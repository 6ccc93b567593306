import type { Framework, PackageView } from '../framework.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { readEvents } from '../reports/events.ts'
import { findGem, rubyCommand, rubyReporter } from './ruby.ts'

/** Minitest 5. */
export const minitest = {
  name: 'minitest',
  language: 'ruby',
  source: 'reporter',
  imports: /\bMinitest::(?:Test|Spec)\b|require ['"](?:minitest\/autorun|test_helper)['"]/,
  detect: view => findGem(view, 'minitest') ?? findGem(view, 'rails'),
  isTest: file => /(?:^|\/)(?:test_[^/]+|[^/]+_test)\.rb$/.test(file),
  testPatterns: '*_test.rb or test_*.rb',
  configuration: (view: PackageView) => ['test/test_helper.rb'].filter(view.exists),
  manifestKeys: [],
  snapshots: () => [],
  command(request) {
    const program = rubyCommand('ruby', request)
    if (program === undefined) return undefined
    const names = request.names.length > 0 ? { REDGREEN_NAMES: JSON.stringify(request.names) } : {}
    return {
      argv: [...program, rubyReporter('redgreen_minitest'), ...request.files],
      env: { [REPORT_VARIABLE]: request.report, ...names },
    }
  },
  install:
    'Install Minitest: gem install minitest, or add it to the Gemfile and run bundle install.',
  parse: readEvents,
} satisfies Framework
