import process from 'node:process'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Printed } from '../../src/cli/command.ts'
import { runCommand } from '../../src/cli/run-command.ts'
import { Refusal } from '../../src/workflow/context/refusal.ts'

/** The exit code of a command, and what it printed. */
async function resultOf(run: () => Promise<Printed>) {
  const printed: string[] = []
  const streams = [process.stdout, process.stderr].map(stream =>
    vi.spyOn(stream, 'write').mockImplementation(text => printed.push(String(text)) > 0),
  )
  const restore = () => {
    for (const stream of streams) stream.mockRestore()
  }
  onTestFinished(restore)
  const texts = { usage: '', summary: '', description: '', examples: [] }
  const status = await runCommand({ name: 'try', ...texts, anywhere: true, run }, [])
  restore()
  return { status, text: printed.join('') }
}

const ADDRESSES = 'redgreen://a/__proto__ redgreen://a/constructor redgreen://a/valueOf'

it('text of a plan that looks like an address is printed as it is', async () => {
  const printed = { data: {}, text: `T001 ${ADDRESSES}` }
  expect(await resultOf(() => Promise.resolve(printed))).toEqual({
    status: 0,
    text: `T001 ${ADDRESSES}\n`,
  })
})

it('a refusal that has such a text is reported', async () => {
  const refusal = new Refusal('plan_invalid', `T001 ${ADDRESSES}`, 'Correct it.')
  const { status, text } = await resultOf(() => Promise.reject(refusal))
  expect(status).toBe(1)
  expect(text).toContain(ADDRESSES)
})

it('an error that cannot become a text is an internal error', async () => {
  const { status, text } = await resultOf(async () => {
    AbortSignal.abort(Object.create(null)).throwIfAborted()
    return Promise.resolve({ data: {}, text: '' })
  })
  expect(status).toBe(3)
  expect(text).toContain('Internal error: ')
})

it('an unknown option is named without advice about arguments', async () => {
  const printed: string[] = []
  const stderr = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation(text => printed.push(String(text)) > 0)
  const texts = { usage: '', summary: '', description: '', examples: [] }
  const run = () => Promise.reject(new Error('It was run.'))
  const status = await runCommand({ name: 'try', ...texts, anywhere: true, run }, ['--frob'])
  stderr.mockRestore()
  expect(status).not.toBe(0)
  expect(printed.join('')).toContain("Unknown option '--frob'")
  expect(printed.join('')).not.toContain('positional')
})
