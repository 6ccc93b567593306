import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { streamChanges } from '../../src/page/change-stream.ts'

it('a change after the end of a stream is not written to it', async () => {
  const stopping = new AbortController()
  let change: (root: string) => void = () => undefined
  const listen = (listener: (root: string) => void) => {
    change = listener
    return () => undefined
  }
  const errors: unknown[] = []
  const server = createServer((request, response) => {
    response.on('error', error => errors.push(error))
    streamChanges(request, response, [{ listen }], stopping.signal)
  })
  onTestFinished(() => void server.close())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const response = await fetch(`http://127.0.0.1:${port}/`)
  change('/before')
  stopping.abort()
  change('/after')
  const text = await response.text()
  expect(text).toContain('/before')
  expect(text).not.toContain('/after')
  expect(errors).toEqual([])
})
