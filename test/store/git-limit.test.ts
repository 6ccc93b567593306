import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { cancellingGit, gitLimit } from '../../src/store/git-process.ts'
import { runGit } from '../../src/store/git.ts'
import { takeTree } from '../../src/store/tree.ts'
import { mapErrors } from '../../src/workflow/context/error-mapping.ts'
import { callAt } from '../kit/call.ts'
import { PROGRAM } from '../kit/program.ts'
import { makeProject, stackProject } from '../kit/project.ts'

/** A search path with a git that never ends, and the id of the process that it starts. */
function endlessGit(): { PATH: string; pid: () => Promise<number> } {
  const programs = makeProject({}, { git: false })
  const file = path.join(programs.root, 'pid')
  programs.write(
    'git',
    `#!/bin/sh\nsleep 600 &\necho $! > '${file}.new'\nmv '${file}.new' '${file}'\nwait\n`,
  )
  chmodSync(path.join(programs.root, 'git'), 0o755)
  return {
    PATH: `${programs.root}:${process.env['PATH'] ?? ''}`,
    async pid() {
      while (!existsSync(file)) await wait(10)
      return Number(readFileSync(file, 'utf8'))
    },
  }
}

/** Waits until a process has ended. */
async function ended(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    // A process that nobody waits for stays in the table after its end.
    if (/^State:\s+Z/m.test(statusOf(pid))) return
    await wait(10)
  }
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

function usePath(PATH: string): void {
  const usual = process.env['PATH']
  process.env['PATH'] = PATH
  onTestFinished(() => {
    process.env['PATH'] = usual
  })
}

describe.skipIf(process.platform === 'win32')('a git process that does not end', () => {
  it('is stopped after a time without progress, and the step is refused with its name', async () => {
    const { root } = makeProject({ 'a.txt': 'a' })
    const { PATH, pid } = endlessGit()
    usePath(PATH)
    const usual = gitLimit.idleMs
    gitLimit.idleMs = 1000
    onTestFinished(() => {
      gitLimit.idleMs = usual
    })
    const listing = mapErrors(callAt(root), () => takeTree({ root }))
    await expect(listing).rejects.toMatchObject({
      code: 'timed_out',
      message: expect.stringMatching(
        /^`git ls-files .*` made no progress for 1 s and was stopped\. Nothing was recorded\. .*\.gitignore/,
      ),
    })
    await ended(await pid())
  })

  it('is not stopped while it makes progress', async () => {
    const { root } = makeProject({})
    const programs = makeProject({}, { git: false })
    programs.write('git', '#!/bin/sh\nexec cat\n')
    chmodSync(path.join(programs.root, 'git'), 0o755)
    usePath(`${programs.root}:${process.env['PATH'] ?? ''}`)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    async function* slowly() {
      for (let chunk = 0; chunk < 4; chunk += 1) {
        await vi.advanceTimersByTimeAsync(gitLimit.idleMs * 0.75)
        yield 'x'
      }
    }
    expect(await runGit({ root }, ['fast-import'], slowly())).toEqual({ out: Buffer.from('xxxx') })
  })

  it('ends with the call that is cancelled', async () => {
    const { root } = makeProject({ 'a.txt': 'a' })
    const { PATH, pid } = endlessGit()
    usePath(PATH)
    const controller = new AbortController()
    const listing = cancellingGit(controller.signal, () => takeTree({ root }))
    const started = await pid()
    controller.abort(new Error('cancelled by the test'))
    await expect(listing).rejects.toThrow('cancelled by the test')
    await ended(started)
    // A cancelled call starts no other.
    await expect(
      cancellingGit(controller.signal, () => runGit({ root }, ['status'])),
    ).rejects.toThrow('cancelled by the test')
  })

  it('ends with a command that is asked to end', async () => {
    const { root } = stackProject('## Core\n- [ ] T001 Answer one in src/a.js\n')
    const { PATH, pid } = endlessGit()
    const command = spawn(process.execPath, [PROGRAM, 'next-task', '--root', root], {
      env: { ...process.env, PATH },
      stdio: 'ignore',
    })
    const closed = once(command, 'close')
    const started = await pid()
    command.kill('SIGTERM')
    expect(await closed).toEqual([143, null])
    await ended(started)
  })
})
