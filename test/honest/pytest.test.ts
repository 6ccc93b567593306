import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { makeProject } from '../kit/project.ts'
import { workAt, type HonestWork } from './work.ts'

const hasPytest = spawnSync('python3', ['-c', 'import pytest']).status === 0

const ACCOUNT = 'src/account.py'
const TEST = 'tests/test_account.py'
const CONFTEST = 'tests/conftest.py'
const SIZE = 'class Account:\n    def balance(self):\n        return 0\n'

/** A project for pytest, whose first task is red. */
async function red(): Promise<HonestWork> {
  const { root } = makeProject({
    'pytest.ini': '[pytest]\npythonpath = src\n',
    'specs/001-bank/spec.md': '# Bank\n',
    'specs/001-bank/plan.md': '# Plan\n',
    'specs/001-bank/tasks.md': '## Core\n- [ ] T001 balance in src/account.py\n',
    '.gitignore': '__pycache__\n',
    [ACCOUNT]: 'class Account:\n    pass\n',
  })
  const work = workAt(root)
  await work.start('T001')
  work.write(
    TEST,
    'from account import Account\n\n\ndef test_balance():\n    assert Account().balance() == 0\n',
  )
  await work.red('T001', TEST)
  return work
}

describe.skipIf(!hasPytest)('a conftest.py beside tests that is added after RED', () => {
  it('may hold what was extracted from them, because they are proven again', async () => {
    const work = await red()
    work.write(ACCOUNT, SIZE)
    await work.green('T001')
    work.write(
      CONFTEST,
      'import pytest\n\nfrom account import Account\n\n\n@pytest.fixture\ndef account():\n    return Account()\n',
    )
    work.write(TEST, 'def test_balance(account):\n    assert account.balance() == 0\n')
    expect(await work.done('T001')).toMatchObject({ stage: 'done' })
  })

  it.each([
    [
      'replaces the code',
      'import account\n\naccount.Account.balance = lambda self: 0\n',
      'tests_changed',
    ],
    [
      'lets every test pass',
      'import pytest\n\n\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_pyfunc_call(pyfuncitem):\n    outcome = yield\n    outcome.force_result(True)\n',
      'tests_changed',
    ],
    [
      'skips the test',
      'import pytest\n\n\ndef pytest_collection_modifyitems(items):\n    for item in items:\n        item.add_marker(pytest.mark.skip)\n',
      'skipped',
    ],
  ])('is refused if it %s', async (_how, text, code) => {
    const work = await red()
    work.write(CONFTEST, text)
    work.write(ACCOUNT, 'class Account:\n    other = 1\n')
    expect((await work.refused('record_green', { task: 'T001' })).code).toBe(code)
  })
})

it.skipIf(!hasPytest)('a module that is missing is named where the task wants it', async () => {
  const work = await red()
  work.write(TEST, 'from accounts import Account\n\n\ndef test_balance():\n    assert Account()\n')
  work.remove(ACCOUNT)
  const request = { task: 'T001', tests: [TEST] }
  expect((await work.refused('record_red', request)).text).toContain(
    'T001 names src/account.py: correct the import, or add an empty stub accounts.py,',
  )
  work.write(TEST, 'from account import Account\n\n\ndef test_balance():\n    assert Account()\n')
  expect((await work.refused('record_red', request)).text).toContain(
    'Add an empty stub src/account.py, so that the test fails on an assertion.',
  )
})
