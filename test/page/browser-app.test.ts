import { Client } from '@modelcontextprotocol/client'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { PROGRAM } from '../kit/program.ts'
import { stackProject } from '../kit/project.ts'

afterAll(closeChromium)

const APP = 'ui://redgreen/page'
const MIME_TYPE = 'text/html;profile=mcp-app'

const ANNOUNCED = { 'io.modelcontextprotocol/ui': { mimeTypes: [MIME_TYPE] } }

/** A client that announces the extension, as hosts with apps do, or not. */
async function connect(root: string, extensions?: typeof ANNOUNCED): Promise<Client> {
  const client = new Client(
    { name: 'host', version: '1' },
    { capabilities: extensions ? { extensions } : {} },
  )
  const { PATH = '', HOME = '', XDG_STATE_HOME = '' } = process.env
  const env = { PATH, HOME, XDG_STATE_HOME }
  const args = [PROGRAM, '--root', root]
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env }))
  onTestFinished(() => client.close())
  return client
}

/** The messages of a host, and a frame without rights. The test passes calls on to the server. */
const HOST = `<!doctype html><iframe sandbox="allow-scripts" style="width:100%;height:700px"></iframe><script>
  const frame = document.querySelector('iframe')
  const post = message => frame.contentWindow.postMessage({ jsonrpc: '2.0', ...message }, '*')
  addEventListener('message', async ({ data: { id, method, params } }) => {
    if (method === 'ui/initialize') post({ id, result: { protocolVersion: '2026-01-26', hostInfo: { name: 'h', version: '1' }, hostCapabilities: { serverTools: {} }, hostContext: { theme: 'dark' } } })
    if (method === 'ui/notifications/initialized') post({ method: 'ui/notifications/tool-result', params: await callTool('next_task', {}) })
    if (method === 'tools/call') post({ id, result: await callTool(params.name, params.arguments) })
  })
</script>`

it.runIf(hasChromium)(
  'a host shows the plan as an app beside an answer, and nothing in it decides',
  async () => {
    const plan = Array.from({ length: 120 }, (_, at) => `- [ ] T${at + 101} Add the function ${at}`)
    const { root } = stackProject(`## Core\n${plan.join('\n')}\n`)
    const client = await connect(root, ANNOUNCED)
    const { tools } = await client.listTools()
    const shown = tools.flatMap(({ name, _meta }) => (_meta?.['ui'] ? [[name, _meta['ui']]] : []))
    expect(shown).toEqual([
      ['next_task', { resourceUri: APP }],
      ['read_document', { resourceUri: APP }],
    ])
    const [content] = (await client.readResource({ uri: APP })).contents
    expect(content).toMatchObject({ mimeType: MIME_TYPE })
    const html = content && 'text' in content ? content.text : ''
    expect(html.length).toBeLessThan(80_000)
    const { page, problems, foreign } = await openPage()
    const called: string[] = []
    await page.exposeFunction('callTool', async (name: string, input: Record<string, unknown>) => {
      called.push(name)
      return client.callTool({ name, arguments: input })
    })
    await page.setContent(HOST)
    await page.locator('iframe').evaluate((frame, text) => frame.setAttribute('srcdoc', text), html)
    const app = page.frameLocator('iframe')
    await app.getByText('T220 Add the function 119').waitFor()
    expect(await app.locator('html').getAttribute('data-theme')).toBe('dark')
    await app.getByLabel('Search tasks').fill('T150')
    await app.getByText('1 of 120 tasks').waitFor()
    expect(await app.getByRole('button', { name: /approve|confirm|waive|stop/i }).count()).toBe(0)
    // The document is longer than one page of it.
    expect(called.filter(name => name === 'read_document').length).toBeGreaterThan(1)
    expect(new Set(called)).toEqual(new Set(['next_task', 'read_document']))
    expect({ problems, foreign }).toEqual({ problems: [], foreign: [] })
    const other = await connect(root)
    expect((await other.listTools()).tools.filter(({ _meta }) => _meta?.['ui'])).toEqual([])
    expect((await other.listResources()).resources.map(({ uri }) => uri)).not.toContain(APP)
  },
)
