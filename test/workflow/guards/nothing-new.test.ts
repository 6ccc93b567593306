import { describe, expect, it } from 'vitest'
import { startTask, type Assistant } from '../../kit/assistant.ts'
import { nodeTest, type Project } from '../../kit/project.ts'

const TEST = 'tests/size.test.js'
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const STUB = 'export class Stack {}\n'
const DONE = 'export class Stack {\n  size = 0\n}\n'

interface Session {
  project: Project
  call: Assistant['call']
}

const start = (source: string, title = 'size in src/stack.js'): Promise<Session> =>
  startTask(`## Phase 1: Core\n- [ ] T001 ${title}\n`, { 'src/stack.js': source })

async function atRed(session: Session, test = SIZE, more: object = {}): Promise<void> {
  session.project.write(TEST, test)
  const answer = await session.call('record_red', { task: 'T001', tests: [TEST], ...more })
  expect(answer.text).not.toMatch(/^\[/)
}

const green = ({ call }: Session) => call('record_green', { task: 'T001' })

/** A test that reads a file, which is missing at RED. */
const reading = (file: string) =>
  `import { readFileSync } from 'node:fs'\n${nodeTest(
    'want',
    `assert.deepEqual([new Stack().size, {}], [0, JSON.parse(readFileSync('${file}', 'utf8'))])`,
  )}`

/** The same, and it does not need the code. */
const onlyReading = (file: string) => reading(file).replace('new Stack().size', '0 && new Stack()')

describe('a GREEN without new code is refused', () => {
  it.each([['tests/fixtures/want.json'], ['data/want.json']])(
    'if only a file that the test reads, and a comment, were written: %s',
    async file => {
      const session = await start(STUB)
      await atRed(session, reading(file))
      session.project.write(file, '{}\n')
      session.project.write('src/stack.js', `// Reads what it wants.\n${STUB}`)
      expect(await green(session)).toMatchObject({ code: 'nothing_changed' })
      session.project.write('src/stack.js', DONE)
      expect((await green(session)).data).toMatchObject({ stage: 'green' })
    },
  )

  it('if the only code of the task was written before the RED', async () => {
    const session = await start('')
    session.project.write('src/stack.js', STUB)
    await atRed(session, reading('data/want.json'))
    session.project.write('data/want.json', '{}\n')
    expect(await green(session)).toMatchObject({
      code: 'nothing_changed',
      text: expect.stringContaining('after the RED'),
    })
  })

  it.each([
    ['unchanged', DONE],
    ['with a comment', `// It has a size.\n${DONE}`],
  ])('if code that was there was broken for the RED and restored %s', async (_how, restored) => {
    const session = await start(DONE)
    session.project.write('src/stack.js', STUB)
    await atRed(session)
    session.project.write('src/stack.js', restored)
    expect(await green(session)).toMatchObject({
      code: 'nothing_changed',
      text: expect.stringContaining('was started'),
    })
  })
})

describe('a GREEN whose tests pass with new test data alone', () => {
  it.each([['tests/fixtures/want.json'], ['data/want.json']])(
    'is refused, whatever code came with it: %s',
    async file => {
      const session = await start(STUB)
      await atRed(session, onlyReading(file))
      session.project.write(file, '{}\n')
      session.project.write('src/stack.js', DONE)
      const refused = await green(session)
      expect(refused).toMatchObject({ code: 'nothing_changed' })
      expect(refused.text).toContain(`With ${file} alone`)
    },
  )
})

describe('a GREEN with new code is recorded', () => {
  it('if the code was written, removed for the RED, and restored', async () => {
    const session = await start(STUB)
    session.project.write('src/stack.js', DONE)
    session.project.write('src/stack.js', STUB)
    await atRed(session)
    session.project.write('src/stack.js', DONE)
    expect((await green(session)).data).toMatchObject({ stage: 'green' })
  })

  it('if the code exists and its RED ran without it', async () => {
    const session = await start(STUB)
    session.project.write('src/stack.js', DONE)
    await atRed(session, SIZE, { late: true })
    expect((await green(session)).data).toMatchObject({ stage: 'green' })
  })

  it('if the data that the test reads is what a source reads too', async () => {
    const session = await start("export class Stack {\n  from = 'data/want.json'\n}\n")
    await atRed(session, onlyReading('data/want.json'))
    session.project.write('data/want.json', '{}\n')
    expect((await green(session)).data).toMatchObject({ stage: 'green' })
  })

  it('if the task names the data', async () => {
    const session = await start(STUB, 'Offer the wishes in data/want.json to the stack')
    await atRed(session, onlyReading('data/want.json'))
    session.project.write('data/want.json', '{}\n')
    expect((await green(session)).data).toMatchObject({ stage: 'green' })
  })

  it('if the task is about a comment', async () => {
    const session = await start(STUB, 'Support a licence header in src/stack.js')
    const body = `assert.match(readFileSync('src/stack.js', 'utf8'), /MIT/)`
    await atRed(session, `import { readFileSync } from 'node:fs'\n${nodeTest('header', body)}`)
    session.project.write('src/stack.js', `// MIT\n${STUB}`)
    expect((await green(session)).data).toMatchObject({ stage: 'green' })
  })
})
