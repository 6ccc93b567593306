import { describe, expect, it } from 'vitest'
import { clientFolders } from '../../../src/workflow/context/client-folders.ts'
import { environmentCandidates } from '../../../src/workflow/context/project-folder.ts'

describe('the folders that a client names in the environment', () => {
  it.each([
    ['/home/u/project', ['/home/u/project']],
    ['/home/u/one,/home/u/two', ['/home/u/one', '/home/u/two']],
    ['/home/u/a, b', ['/home/u/a, b']],
    ['["/home/u/one","/home/u/two"]', ['/home/u/one', '/home/u/two']],
    ['', []],
    ['project', []],
    ['[1]', []],
  ])('are read from %j', (text, folders) => {
    expect(clientFolders(text)).toEqual(folders)
  })

  it('come after the project of Claude Code and before the working directory', () => {
    const named = { WORKSPACE_FOLDER_PATHS: '/home/u/one,/home/u/two' }
    const foldersOf = (env: Record<string, string>) =>
      environmentCandidates(env).map(({ folder, isNamed }) => ({ folder, isNamed }))
    expect(foldersOf(named)).toEqual([
      { folder: '/home/u/one', isNamed: true },
      { folder: '/home/u/two', isNamed: true },
    ])
    expect(foldersOf({ ...named, CLAUDE_PROJECT_DIR: '/c' })).toEqual([
      { folder: '/c', isNamed: true },
    ])
    expect(foldersOf({})).toEqual([{ folder: process.cwd(), isNamed: false }])
  })
})
