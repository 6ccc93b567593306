import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A proxy to a port of this machine, which cuts and delays connections. */
export class TcpProxy {
  /**
   * Called with the bytes of a client before they are passed on; `cut` closes the connection instead, `cut after` instead of the answer.
   */
  onRequest: (data: Buffer) => 'pass' | 'cut' | 'cut after' = () => 'pass'
  /** How long each answer is kept, in milliseconds. */
  delay: () => number = () => 0
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(target: number) {
    this.#server = createServer(client => this.#pass(client, target))
  }

  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  get connections(): number {
    return this.#sockets.size
  }

  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  close(): void {
    this.#server.close()
    this.cutAll()
  }

  #pass(client: Socket, target: number): void {
    const upstream = connect(target, '127.0.0.1')
    const ends = [client, upstream]
    let isAnswerLost = false
    for (const socket of ends) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        this.#sockets.delete(socket)
        for (const end of ends) end.destroy()
      })
    }
    client.on('data', data => {
      const what = this.onRequest(data)
      if (what === 'cut') client.destroy()
      else upstream.write(data)
      isAnswerLost ||= what === 'cut after'
    })
    upstream.on('data', data => {
      if (isAnswerLost) return void client.destroy()
      const ms = this.delay()
      if (ms === 0) return void client.write(data)
      // What follows has to wait too.
      upstream.pause()
      setTimeout(() => {
        client.write(data)
        upstream.resume()
      }, ms).unref()
    })
  }
}
