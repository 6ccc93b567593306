import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { stackProject } from '../kit/project.ts'

const action = z.object({
  runs: z.object({ steps: z.array(z.object({ name: z.string(), run: z.string() })) }),
})

/** The script of a step in `action.yml`, as GitHub's runner gives it to bash. */
function scriptOf(step: string): string {
  const { runs } = action.parse(parse(readFileSync('action.yml', 'utf8')))
  const found = runs.steps.find(({ name }) => name === step)
  if (!found) throw new Error(`action.yml has no step ${step}.`)
  return found.run
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'redgreen-action-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

it('the GitHub action runs neither a program nor a setting of npm that the pull request contains', () => {
  const folder = temporaryFolder()
  const proof = path.join(folder, 'executed')
  const program = `require('node:fs').writeFileSync(${JSON.stringify(proof)}, '')`
  const { root } = stackProject('## Setup\n- [ ] T001 Create notes.txt\n', {
    '.npmrc':
      'registry=http://127.0.0.1:9/\nnode-options=--require ./planted.cjs\nscript-shell=./planted.sh\n',
    'planted.cjs': program,
    'planted.sh': `#!/bin/sh\ntouch ${proof}\n`,
    'node_modules/redgreen-mcp/package.json': '{"name":"redgreen-mcp","version":"0.1.0"}',
    'node_modules/redgreen-mcp/dist/cli.js': program,
    'node_modules/.bin/redgreen': `#!/bin/sh\ntouch ${proof}\n`,
  })
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  const tarball = execFileSync('npm', pack, { encoding: 'utf8' }).trim()
  const result = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', scriptOf('Verify')], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      RUNNER_TEMP: folder,
      FEATURE: '',
      REPLAY: 'true',
      VERSION: `file:${path.join(folder, tarball)}`,
    },
  })
  expect(result.stdout).toMatch(/^001-stack\b/m)
  expect(result.status).toBe(0)
  expect(existsSync(proof)).toBe(false)
  // The planted program does leave its trace where it runs.
  execFileSync('node', [path.join(root, 'node_modules/redgreen-mcp/dist/cli.js')])
  expect(existsSync(proof)).toBe(true)
})

it.each([
  ['', 'verify --root ROOT'],
  ['late,human', 'verify --allow late,human --root ROOT'],
])('the GitHub action passes the policy %j of the workflow on', (allow, expected) => {
  const folder = temporaryFolder()
  const { root } = stackProject('## Setup\n- [ ] T001 Create notes.txt\n')
  const cli = 'node_modules/redgreen-mcp/dist'
  // A replacement for npm that installs a program which prints its arguments.
  const npm = `#!/bin/sh\nmkdir -p ${cli}\necho 'console.log(process.argv.slice(2).join(" "))' > ${cli}/cli.js\n`
  writeFileSync(path.join(folder, 'npm'), npm, { mode: 0o755 })
  const result = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', scriptOf('Verify')], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      RUNNER_TEMP: folder,
      FEATURE: '',
      REPLAY: 'false',
      ALLOW: allow,
      VERSION: '1.0.0',
    },
  })
  expect(result.stdout.trim()).toBe(expected.replace('ROOT', root))
})
