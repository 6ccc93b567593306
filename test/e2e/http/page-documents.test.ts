import { expect, it } from 'vitest'
import { renderDocument } from '../../../src/page/document-renderer.ts'
import { serve } from '../../kit/http.ts'
import { stackProject } from '../../kit/project.ts'

/** The parser needs minutes for it. */
const ENDLESS = '>'.repeat(20_000)
/** Ordinary, and a second of work. */
const LONG = Array.from({ length: 200 }, (_, at) => `${' '.repeat(2 * at)}- item ${at}`).join('\n')

/** How many turns the event loop makes until `work` is done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  const state = { isDone: false }
  void work.finally(() => (state.isDone = true))
  let turns = 0
  while (!state.isDone) {
    await new Promise(resolve => setImmediate(resolve))
    turns += 1
  }
  return turns
}

it('a document is rendered beside the event loop, and once', async () => {
  const first = renderDocument(LONG, 60_000)
  expect(await turnsDuring(first)).toBeGreaterThan(100)
  expect(await first).toContain('<li>item 199</li>')
  expect(renderDocument(LONG)).toBe(first)
})

it('a document that takes too long is shown as it is, and the next one is rendered', async () => {
  const endless = renderDocument(ENDLESS, 200)
  const next = renderDocument('**bold**', 60_000)
  expect(await endless).toBe(`<pre><code>${ENDLESS}</code></pre>`)
  expect(await next).toBe('<p><strong>bold</strong></p>')
})

it('a server answers others while it renders a document', async () => {
  const project = stackProject('## Core\n- [ ] T001 Add push\n', {
    'specs/001-stack/spec.md': ENDLESS,
  })
  const { url } = await serve([project.root])
  const query = 'workspace=app&feature=001-stack&document=spec'.replace(
    'app',
    project.root.split('/').at(-1) ?? '',
  )
  const document = fetch(`${url}page/document?${query}`)
  const state = { isDone: false, answers: 0 }
  void document.finally(() => (state.isDone = true))
  while (!state.isDone) {
    const response = await fetch(`${url}health`)
    await response.text()
    state.answers += 1
  }
  expect((await document).status).toBe(200)
  expect(state.answers).toBeGreaterThan(20)
})
