import { combined, type Attack } from '../attack.ts'
import { startTask, SIZE, tryRed } from '../projects/stack.ts'

/** Paths that leave the project. */
export const pathAttacks: Attack[] = [
  {
    row: 25,
    title: 'Name a path outside the project, or one that a program takes for an option',
    variants: [
      {
        how: 'two dots, an absolute path, a leading dash',
        stoppedBy: 'path_outside',
        async run(sandbox) {
          await startTask(sandbox)
          sandbox.write('../outside/size.test.js', SIZE)
          return combined([
            await tryRed(sandbox, { tests: ['../outside/size.test.js'] }),
            await tryRed(sandbox, { tests: [`${sandbox.outside}/size.test.js`] }),
            await tryRed(sandbox, { tests: ['--import=./src/stack.js'] }),
          ])
        },
      },
      {
        how: 'a symlink to a file or a folder',
        stoppedBy: 'path_outside',
        async run(sandbox) {
          await startTask(sandbox)
          sandbox.write('../outside/size.test.js', SIZE)
          sandbox.link('tests/link.test.js', `${sandbox.outside}/size.test.js`)
          sandbox.link('away', sandbox.outside)
          return combined([
            await tryRed(sandbox, { tests: ['tests/link.test.js'] }),
            await tryRed(sandbox, { tests: ['away/size.test.js'] }),
          ])
        },
      },
    ],
  },
]
