import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { openServer, type Connection } from '../../test/kit/server.ts'
import { startServing } from '../../test/kit/serving.ts'
import { findBrowser } from '../../src/runner/browser-path.ts'
import { createProject, EXTENSION, RESERVATION, SEAT, writeIn, type Work } from './project.ts'

/** Takes the screenshots of the live page in docs/page/: a real project, a real server, two assistants, and a real browser. */

const FOLDER = 'docs/page'
const SIZE = { width: 1180, height: 780 }

const root = createProject()
const tokenFile = path.join(path.dirname(root), 'token')
const serving = await startServing([root], { tokenFile })
const { url, pageToken: token } = serving
const executablePath = findBrowser(undefined)
if (executablePath === undefined) throw new Error('There is no browser.')
const browser = await chromium.launch({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0,
})
const assistants: Connection[] = []
mkdirSync(FOLDER, { recursive: true })
try {
  await capture('inbox', '#/inbox')
  await decide({ step: 'approve' })
  await workOn()
  await capture('plan', '#/plan/theatre/001-seats')
  await capture('evidence', '#/task/theatre/001-seats/T002')
  await capture('documents', '#/documents/theatre/001-seats/spec')
  await capture('verification', '#/verification/theatre/001-seats')
  await capture('runs', '#/runs')
  await capture('now', '#/inbox')
  await capture('narrow', '#/plan/theatre/001-seats', { width: 390, height: 780 })
} finally {
  await serving.stop()
  await browser.close()
  await Promise.all(assistants.map(assistant => assistant.close()))
  rmSync(path.dirname(root), { recursive: true, force: true, maxRetries: 5 })
}

/** One task with its whole evidence, one with RED, one whose tests run. */
async function workOn(): Promise<void> {
  const claude = await openServer(root, { name: 'claude-code' })
  const cursor = await openServer(root, { name: 'cursor' })
  assistants.push(claude, cursor)
  await claude.call('next_task', { task: 'T001' })
  writeIn(root, 'docs/glossary.md', '# Glossary\n\nReservation: a seat that is kept for a guest.\n')
  await claude.call('record_green', { task: 'T001' })
  await claude.call('mark_complete', { task: 'T001' })
  await red(claude, RESERVATION)
  writeIn(root, RESERVATION.source, RESERVATION.code)
  await claude.call('record_green', { task: RESERVATION.task })
  await claude.call('mark_complete', { task: RESERVATION.task, refactor: 'nothing to clean up' })
  await red(cursor, SEAT)
  await claude.call('next_task', { task: EXTENSION.task })
  write(EXTENSION)
  void claude.call('record_red', { task: EXTENSION.task, tests: [EXTENSION.test] }).catch(() => {})
  await new Promise(resolve => setTimeout(resolve, 6000))
}

async function red(assistant: Connection, work: Work): Promise<void> {
  const { task, test, source } = work
  const next = await assistant.call('next_task', { task })
  writeIn(root, source, stubOf(work))
  writeIn(root, test, work.testCode)
  const answer = await assistant.call('record_red', { task, tests: [test] })
  if (answer.code !== undefined) throw new Error(`${next.text}\n${answer.text}`)
}

function write({ test, testCode, source, code }: Work): void {
  writeIn(root, source, code)
  writeIn(root, test, testCode)
}

/** The functions of the code without their bodies, so that tests fail by an assertion. */
function stubOf({ code }: Work): string {
  const names = [...code.matchAll(/export function (\w+)/g)].map(([, name]) => name)
  return names.map(name => `export function ${name}() {\n  return {}\n}\n`).join('')
}

async function decide(decision: object): Promise<void> {
  const where = { workspace: 'theatre', feature: '001-seats', decision }
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const post = (name: string, body: object) =>
    fetch(`${url}page/${name}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const question: unknown = await (await post('question', where)).json()
  const hash = typeof question === 'object' && question && Reflect.get(question, 'hash')
  const answer = await post('decision', { ...where, hash, agreed: [] })
  if (!answer.ok) throw new Error(await answer.text())
}

/** In light and dark. */
async function capture(name: string, hash: string, viewport = SIZE): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 1 })
    const page = await context.newPage()
    await page.goto(`${url}#token=${token}`)
    await page.goto(`${url}${hash}`)
    await settle(page)
    const suffix = colorScheme === 'dark' ? '-dark' : ''
    const png = await page.screenshot()
    writeFileSync(path.join(FOLDER, `${name}${suffix}.webp`), await asWebp(context, png))
    await context.close()
  }
}

/** A fourth of the size. The browser converts it, so that nothing else has to be installed. */
async function asWebp(context: BrowserContext, png: Buffer): Promise<Buffer> {
  const page = await context.newPage()
  const source = `data:image/png;base64,${png.toString('base64')}`
  const result = await page.evaluate<string>(`(async () => {
    const image = new Image()
    image.src = ${JSON.stringify(source)}
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
    canvas.getContext('2d').drawImage(image, 0, 0)
    return canvas.toDataURL('image/webp', 0.82)
  })()`)
  return Buffer.from(result.slice(result.indexOf(',') + 1), 'base64')
}

async function settle(page: Page): Promise<void> {
  await page.locator('main h1, main .note').first().waitFor()
  while ((await page.locator('.pending').count()) > 0)
    await new Promise(resolve => setTimeout(resolve, 100))
  await new Promise(resolve => setTimeout(resolve, 1200))
}
