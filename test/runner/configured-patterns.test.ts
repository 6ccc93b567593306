import { expect, it } from 'vitest'
import { patternsIn } from '../../src/runner/configured-patterns.ts'

const GO = ['checks/check_a.py', 'checks/deep/check_a.py', 'check_a.py']

it.for<[text: string, option: string, matching: string[], other: string[]]>([
  ['[pytest]\npython_files = check_*.py\naddopts = -q', 'python_files', GO, ['test_a.py']],
  [
    '[tool.pytest.ini_options]\npython_files = ["check_*.py", "*_spec.py"]',
    'python_files',
    [...GO, 'a_spec.py'],
    ['a.py'],
  ],
  [
    '[tool:pytest]\npython_files =\n    check_*.py\n    *_spec.py\ntestpaths = checks',
    'python_files',
    [...GO, 'x/a_spec.py'],
    ['checks/a.py'],
  ],
  ['python_files = "check_*.py test_*.py"', 'python_files', GO, ['a.py']],
  [
    '{"spec": ["checks/**/*.js", "!checks/x.js"]}',
    'spec',
    ['checks/a.js', 'checks/b/a.js'],
    ['a.js'],
  ],
  ['{"spec":"checks/*.js","require":"./a.js"}', 'spec', ['checks/a.js'], ['a.js']],
  [
    'spec:\n  - checks\n  - "more/*.js"\nrequire:\n  - ./setup.js',
    'spec',
    ['more/x.js'],
    ['setup.js'],
  ],
  ['spec: ./checks/\n', 'spec', ['checks/deep/a.js'], ['a.js']],
  [
    "module.exports = { spec: 'checks/*.js', require: './setup.js' }",
    'spec',
    ['checks/a.js'],
    ['setup.js'],
  ],
  ["export default {\n  files: ['checks/*'],\n}", 'files', ['checks/a'], ['a']],
  [
    '--require spec_helper\n--pattern "spec/**/*_check.rb"',
    '--pattern',
    ['spec/a/b_check.rb'],
    ['spec/a.rb'],
  ],
  ['{"require": "./specs.js"}', 'spec', [], ['specs.js']],
])('%s', ([text, option, matching, other]) => {
  const patterns = patternsIn(text, option)
  const fits = (file: string) => patterns.some(pattern => pattern.test(file))
  expect(matching.filter(file => !fits(file))).toEqual([])
  expect(other.filter(fits)).toEqual([])
})
