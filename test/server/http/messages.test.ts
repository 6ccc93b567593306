import { createServer, get, type IncomingMessage } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { messageIn, sendResponse } from '../../../src/server/http/messages.ts'

/** A stream of the web that never ends, and whether somebody cancelled it. */
function endless(): { body: ReadableStream<Uint8Array>; sent: () => number; end: Promise<void> } {
  let sent = 0
  let cancelled = () => {}
  const end = new Promise<void>(resolve => {
    cancelled = resolve
  })
  const block = new Uint8Array(256 * 1024)
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += block.length
      controller.enqueue(block)
    },
    cancel: () => cancelled(),
  })
  return { body, sent: () => sent, end }
}

/** A server that answers with this stream, and a client that has seen the beginning of its answer. */
async function streaming(
  body: ReadableStream<Uint8Array>,
  stallMs: number,
): Promise<{ answer: IncomingMessage; done: Promise<void> }> {
  let finished = () => {}
  const done = new Promise<void>(resolve => {
    finished = resolve
  })
  const server = createServer((_request, response) => {
    void sendResponse(new Response(body), response, stallMs).then(finished)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const answer = await new Promise<IncomingMessage>(resolve => {
    get({ port, host: '127.0.0.1' }, resolve)
  })
  answer.on('error', () => undefined)
  return { answer, done }
}

describe('an answer that is a stream', () => {
  it('is ended if its client does not read it, and is not kept in memory meanwhile', async () => {
    const { body, sent, end } = endless()
    const { answer, done } = await streaming(body, 50)
    answer.pause()
    await end
    await done
    // What the buffers of the system hold.
    expect(sent()).toBeLessThan(64 * 1024 * 1024)
  })

  it('ends when its client disconnects', async () => {
    const { body, end } = endless()
    const { answer, done } = await streaming(body, 60_000)
    answer.destroy()
    await expect(Promise.all([end, done])).resolves.toHaveLength(2)
  })
})

describe('the message in a body', () => {
  it.each([
    ['{"method":"tools/list","params":null}', { method: 'tools/list' }],
    [
      '{"method":"tools/call","params":{"name":"next_task","arguments":null}}',
      { method: 'tools/call', params: { name: 'next_task' } },
    ],
    ['\uFEFF{"method":"ping"}', undefined],
    ['[{"method":"ping"}]', undefined],
  ])('%s is read as over stdio', (text, message) => {
    const read = messageIn(Buffer.from(text))
    expect('message' in read ? read.message : undefined).toEqual(message)
  })
})
