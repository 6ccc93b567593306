import { execFileSync } from 'node:child_process'
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOnPath } from '../../../src/runner/program.ts'
import { SIZE, SIZE_IS_ZERO, SIZE_TEST, SOURCE, STUB as STUB_JS } from '../../honest/stack.ts'
import { COMPLETE, honestWork, type HonestWork } from '../../honest/work.ts'
import { someOf } from '../../kit/slow.ts'

const hasPytest = (): boolean => {
  if (!isOnPath('python3')) return false
  try {
    execFileSync('python3', ['-c', 'import pytest'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const PLAN = '- [ ] T001 size in src/stack/core.py\n'
const STUB = 'class Stack:\n    pass\n'
const DONE = 'class Stack:\n    def size(self):\n        return 0\n'
const TEST = 'from stack.core import Stack\n\n\ndef test_size():\n    assert Stack().size() == 0\n'

/** A Python project with a `src` folder, and its virtual environment, which can use the pytest of the machine. */
function pythonProject(): { work: HonestWork; packages: string } {
  const work = honestWork(PLAN, {
    '.gitignore': '.venv\n__pycache__\n',
    'package.json': '{}',
    'pyproject.toml': '[project]\nname = "stack"\nversion = "1"\n[tool.pytest.ini_options]\n',
    'src/stack/__init__.py': '',
    'src/stack/core.py': STUB,
  })
  execFileSync('python3', ['-m', 'venv', '--without-pip', '--system-site-packages', '.venv'], {
    cwd: work.root,
  })
  const lib = path.join(work.root, '.venv/lib')
  const packages = path.join(lib, readdirSync(lib)[0] ?? '', 'site-packages')
  return { work, packages }
}

/** What `pip install -e .` writes, in the two forms that it has. */
const INSTALLATIONS = {
  'a path file': (packages: string, root: string) =>
    writeFileSync(path.join(packages, 'stack.pth'), `${root}/src\n`),
  'a finder': (packages: string, root: string) => {
    const finder = `import sys
from importlib.util import spec_from_file_location
MAPPING = {'stack': ${JSON.stringify(`${root}/src/stack`)}}
class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name in MAPPING:
            return spec_from_file_location(name, MAPPING[name] + '/__init__.py')
sys.meta_path.append(Finder)
`
    writeFileSync(path.join(packages, '__editable___stack_finder.py'), finder)
    writeFileSync(path.join(packages, 'stack.pth'), 'import __editable___stack_finder\n')
  },
}

describe.skipIf(!hasPytest())(
  'a Python project that is installed in its own environment',
  { timeout: 400_000 },
  () => {
    it.each(someOf(1, Object.entries(INSTALLATIONS)))(
      'uses the checked-out sources with %s',
      async (_how, install) => {
        const { work, packages } = pythonProject()
        install(packages, work.root)
        await work.start('T001')
        work.write('src/stack/core.py', DONE)
        work.write('tests/test_size.py', TEST)
        await work.red('T001', 'tests/test_size.py', { late: true })
        await work.green('T001')
        work.write('tests/test_size.py', `# tidied\n${TEST}`)
        await work.done('T001')
        expect(await work.end({ replay: true })).toEqual(COMPLETE)
      },
    )

    it('gets no verdict where a module would still come from the workspace', async () => {
      const { work, packages } = pythonProject()
      // A link that no path names.
      symlinkSync(path.join(work.root, 'src/stack'), path.join(packages, 'stack'))
      await work.start('T001')
      work.write('src/stack/core.py', DONE)
      work.write('tests/test_size.py', TEST)
      const request = { task: 'T001', tests: ['tests/test_size.py'], late: true }
      expect(await work.refused('record_red', request)).toMatchObject({
        code: 'check_fails',
        text: expect.stringMatching(/stack would still be imported from the workspace.*prepare/),
      })
    })
  },
)

describe('a project whose configuration names it by its absolute path', () => {
  it('gets no verdict from a checkout', async () => {
    const work = honestWork('- [ ] T001 size in src/stack.js\n', { [SOURCE]: STUB_JS })
    const stack = path.join(work.root, SOURCE)
    work.write('package.json', JSON.stringify({ type: 'module', imports: { '#stack': stack } }))
    await work.start('T001')
    work.write(SOURCE, SIZE)
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    const request = { task: 'T001', tests: [SIZE_TEST], late: true }
    expect(await work.refused('record_red', request)).toMatchObject({
      code: 'check_fails',
      text: expect.stringMatching(/package\.json names .*src\/stack\.js.*relative/),
    })
  })
})
