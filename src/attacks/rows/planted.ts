import { execFileSync } from 'node:child_process'
import type { Attack } from '../attack.ts'
import { stack } from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

const LOCAL = '.redgreen/local'

/** Puts a file below the server's own folder under version control, as a repository does that ships one. */
function ship(sandbox: Sandbox, file: string, text: string): void {
  sandbox.write(file, text)
  execFileSync('git', ['-C', sandbox.root, 'add', '--force', file], { stdio: 'ignore' })
}

/** Files that look like those of the server and that the repository brings along. */
export const plantedFileAttacks: Attack[] = [
  {
    row: 72,
    title: "Ship files that look like the server's own",
    variants: [
      {
        how: 'a log of a run that passed',
        stoppedBy: 'verify',
        async run(sandbox) {
          await sandbox.work('next_task')
          ship(sandbox, `${LOCAL}/runs/0123456789ab.log`, '1 passed\n')
          return sandbox.runVerify([], 'git tracks', LOCAL)
        },
      },
      {
        how: 'a record of the open tasks, under which every write is allowed',
        stoppedBy: 'verify',
        async run(sandbox) {
          await sandbox.work('next_task')
          ship(sandbox, `${LOCAL}/now.json`, '{"version":1,"features":{}}')
          return sandbox.runVerify([], 'git tracks', LOCAL)
        },
      },
      {
        how: 'a link out of the workspace in place of the folder',
        stoppedBy: 'path_outside',
        files: stack(undefined, { '.redgreen/config': '' }),
        async run(sandbox) {
          sandbox.link(LOCAL, sandbox.outside)
          return sandbox.attempt('next_task')
        },
      },
    ],
  },
]
