import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { stackProject } from '../kit/project.ts'

const inputs = z.object({ inputs: z.record(z.string(), z.unknown()) })

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
      ALLOW: '',
      WITNESS: '',
      WITNESS_KEY: '',
      ACCEPT_MISSING: '',
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

/** Runs the step with inputs and a replacement for npm, and returns what the program and npm get as arguments. */
function argumentsFor(inputs: Record<string, string>) {
  const folder = temporaryFolder()
  const { root } = stackProject('## Setup\n- [ ] T001 Create notes.txt\n')
  const cli = 'node_modules/redgreen-mcp/dist'
  const npm = `#!/bin/sh\necho "$@" > ${folder}/installed\nmkdir -p ${cli}\necho 'console.log(process.argv.slice(2).join(" "))' > ${cli}/cli.js\n`
  writeFileSync(path.join(folder, 'npm'), npm, { mode: 0o755 })
  const { status, stdout } = spawnSync(
    'bash',
    ['-eu', '-o', 'pipefail', '-c', scriptOf('Verify')],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        RUNNER_TEMP: folder,
        FEATURE: '',
        REPLAY: 'false',
        ALLOW: '',
        WITNESS: '',
        WITNESS_KEY: '',
        ACCEPT_MISSING: '',
        VERSION: '1.0.0',
        ...inputs,
      },
    },
  )
  const file = path.join(folder, 'installed')
  const installed = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  return { status, printed: stdout.trim().replaceAll(root, 'ROOT'), installed }
}

it.each([
  ['', 'verify --root ROOT'],
  ['late,human', 'verify --allow late,human --root ROOT'],
])('the GitHub action passes the policy %j of the workflow on', (ALLOW, expected) => {
  const { printed, installed } = argumentsFor({ ALLOW })
  expect(printed).toBe(expected)
  expect(installed).toMatch(/ redgreen-mcp@1\.0\.0$/)
})

const DATABASE = 'postgres://agents@db.example/redgreen?project=owner/shop'

it('the GitHub action passes a witness on, and installs the driver that a database needs', () => {
  const { printed, installed } = argumentsFor({ WITNESS: DATABASE })
  expect(printed).toBe(`verify --witness ${DATABASE} --root ROOT`)
  expect(installed).toMatch(/ redgreen-mcp@1\.0\.0 pg@\^8\.16$/)
  const accepted = argumentsFor({ WITNESS: DATABASE, ACCEPT_MISSING: 'a:1-2 b:3' })
  expect(accepted.printed).toBe(
    `verify --witness ${DATABASE} --accept-missing a:1-2 --accept-missing b:3 --root ROOT`,
  )
  const key = { WITNESS_KEY: 'MCow' }
  const address = argumentsFor({ WITNESS: 'https://w.example/?project=shop', ...key })
  expect(address.printed).toBe(
    'verify --witness https://w.example/?project=shop --witness-key MCow --root ROOT',
  )
  expect(address.installed).not.toContain('pg@')
  // It is read from the project folder, although the program runs in another one.
  expect(argumentsFor({ WITNESS: 'statement.json?project=shop', ...key }).printed).toBe(
    'verify --witness ROOT/statement.json?project=shop --witness-key MCow --root ROOT',
  )
})

it('the GitHub action does not pass without a check if it has only the key of a witness', () => {
  const { status, printed } = argumentsFor({ WITNESS_KEY: 'MCow' })
  expect(status).not.toBe(0)
  expect(printed).toContain('needs the input witness')
})

it('the GitHub action gives each input to the step that uses it', () => {
  const text = readFileSync('action.yml', 'utf8')
  for (const name of Object.keys(inputs.parse(parse(text)).inputs))
    expect(text).toMatch(new RegExp(String.raw`inputs\.${name}\b`))
})
