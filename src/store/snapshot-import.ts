import path from 'node:path'
import { nonce, removeFile } from './files.ts'
import { runGit, type GitFailure } from './git.ts'
import type { Base } from './snapshot-base.ts'
import { REFERENCES } from './snapshot-references.ts'
import { readSource } from './snapshot-source.ts'
import type { Tree } from './tree.ts'
import type { Workspace } from './workspace.ts'

/** What is stored: the files of a tree, where they are, and the name of the reference; without a name, none is left. */
export interface Storing {
  tree: Tree
  root: string
  reference: string | undefined
}

/** Stores a tree with one process of git. Returns its id. */
export async function importSnapshot(
  workspace: Workspace,
  base: Base,
  storing: Storing,
): Promise<{ snapshot: string } | GitFailure> {
  const command = ['fast-import', '--quiet', '--force']
  const answer = await runGit(workspace, command, stream(base, storing))
  if ('out' in answer) return { snapshot: answer.out.toString('utf8').split(/[ \t]/)[2] ?? '' }
  // Git writes a report of its own failure beside its store.
  const [, report] =
    /dumping crash report to (.+fast_import_crash_\d+)$/m.exec(answer.messages) ?? []
  if (report !== undefined) removeFile(path.resolve(workspace.root, report))
  return answer
}

/** The same files always make the same commit. */
async function* stream(
  base: Base,
  { tree, root, reference }: Storing,
): AsyncGenerator<string | Uint8Array> {
  const name = reference ?? `${REFERENCES}-draft/${nonce()}`
  yield `feature done\ncommit ${name}\nmark :1\n`
  yield 'committer redgreen <redgreen@localhost> 0 +0000\ndata 0\n'
  yield base.snapshot === '' ? 'deleteall\n' : `M 040000 ${base.snapshot} ""\n`
  for (const file of base.differs) {
    const source = readSource(root, file, tree)
    if (!source) {
      yield `D ${quoted(file)}\n`
      continue
    }
    yield `M ${source.mode} inline ${quoted(file)}\ndata ${source.bytes.length}\n`
    yield source.bytes
    yield '\n'
  }
  yield '\nls :1 ""\n'
  if (reference === undefined) yield `reset ${name}\nfrom ${'0'.repeat(40)}\n\n`
  yield 'done\n'
}

function quoted(file: string): string {
  const escaped = file.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return `"${escaped}"`
}
