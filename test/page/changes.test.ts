import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { servePage } from '../kit/page-server.ts'
import { stackProject, TASKS } from '../kit/project.ts'
import { recordedFeature } from '../kit/recorded-feature.ts'

const PLAN = '## Setup\n- [ ] T001 Create notes.txt\n'

/** The events that a page gets, as text so far. */
async function follow(origin: string): Promise<() => string> {
  const controller = new AbortController()
  onTestFinished(() => controller.abort())
  const response = await fetch(`${origin}/page/events`, { signal: controller.signal })
  let text = ''
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  }
  void read().catch(() => undefined)
  return () => text
}

const LONG = { timeout: 30_000 }

it('a page gets its version first, and then a word about each change of any process', async () => {
  const project = recordedFeature(PLAN)
  const { origin } = await servePage([project.root])
  await fetch(`${origin}/page/board`)
  const events = await follow(origin)
  await expect.poll(events, LONG).toContain('event: hello')
  expect(events()).not.toContain('event: change')
  project.record({
    kind: 'start',
    task: 'T001',
    settings: 'none',
    tree: '',
    title: 'Create notes.txt',
    provenAs: 'check',
  })
  await expect.poll(events, LONG).toContain('event: change')
  project.write(TASKS, `${PLAN}- [ ] T002 Create more.txt\n`)
  await expect.poll(() => events().split('event: change').length, LONG).toBeGreaterThan(2)
})

it('a feature that appears while the page is open is announced', async () => {
  const project = stackProject(PLAN)
  const { origin } = await servePage([project.root])
  const events = await follow(origin)
  await expect.poll(events, LONG).toContain('event: hello')
  project.write('specs/002-next/tasks.md', PLAN)
  project.write('specs/002-next/plan.md', '# Plan\n')
  await expect.poll(events, LONG).toContain('event: change')
})

it('1,000 idle streams leave the server answering', async () => {
  const project = stackProject(PLAN)
  const { origin } = await servePage([project.root])
  const { port } = new URL(origin)
  const opened = Array.from({ length: 1000 }, () => {
    const socket = connect(Number(port), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write('GET /page/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    return new Promise(resolve => socket.once('data', resolve))
  })
  await Promise.all(opened)
  const response = await fetch(`${origin}/page/board`)
  expect(response.status).toBe(200)
})
