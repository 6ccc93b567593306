import { describe, expect, it } from 'vitest'
import { importing } from '../../honest/stack.ts'
import { honestWork, type HonestWork } from '../../honest/work.ts'
import { nodeTest } from '../../kit/project.ts'

const BUILT = 'dist/size.js'
const TEST = 'tests/size.test.js'
const SIZE = importing('size', '../dist/size.js', nodeTest('size', 'assert.equal(size(), 0)'))

/** A task whose test imports what a build writes to a folder that git ignores. */
async function finished(settings: Record<string, string> = {}): Promise<HonestWork> {
  const work = honestWork('- [ ] T001 size in src/size.js\n', {
    '.gitignore': 'dist\n',
    'src/size.js': 'export function size() {}\n',
    ...settings,
  })
  const build = () => work.write(BUILT, work.read('src/size.js'))
  build()
  await work.start('T001')
  work.write(TEST, SIZE)
  await work.red('T001', TEST)
  work.write('src/size.js', 'export function size() { return 0 }\n')
  build()
  await work.green('T001')
  await work.done('T001')
  return work
}

describe('a run whose tests need the output of a build', () => {
  it('cannot be replayed without it, which is not a finding', async () => {
    const work = await finished()
    expect(await work.verified({ replay: true })).toMatchObject({
      findings: [],
      notes: expect.arrayContaining([
        expect.stringMatching(/T001: its red cannot be replayed here.*dist\/size\.js.*prepare/),
      ]),
      evidence: expect.arrayContaining([
        expect.objectContaining({ class: 'not-replayed', count: 2 }),
      ]),
    })
  })

  it('is replayed if the command of the settings builds it', async () => {
    const build =
      "const fs = require('node:fs'); fs.mkdirSync('dist'); fs.copyFileSync('src/size.js', 'dist/size.js')"
    const work = await finished({
      'redgreen.config.json': JSON.stringify({ commands: { prepare: ['node', '-e', build] } }),
    })
    const verified = await work.verified({ replay: true })
    expect(verified).toMatchObject({ findings: [], replayed: 2 })
    expect(verified?.notes.join()).not.toContain('cannot be replayed')
  })
})
