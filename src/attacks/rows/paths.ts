import { together, type Attack } from '../attack.ts'
import { begun, SIZE, tryRed } from '../projects/stack.ts'

/** Ways out of the project. */
export const pathAttacks: Attack[] = [
  {
    row: 25,
    title: 'Name a path that leads out of the project, or into the options of a program',
    variants: [
      {
        how: 'by its name: two dots, an absolute path, a dash',
        caughtBy: 'path_outside',
        async run(sandbox) {
          await begun(sandbox)
          sandbox.write('../outside/size.test.js', SIZE)
          return together([
            await tryRed(sandbox, { tests: ['../outside/size.test.js'] }),
            await tryRed(sandbox, { tests: [`${sandbox.outside}/size.test.js`] }),
            await tryRed(sandbox, { tests: ['--import=./src/stack.js'] }),
          ])
        },
      },
      {
        how: 'by a link, or a folder that is one',
        caughtBy: 'path_outside',
        async run(sandbox) {
          await begun(sandbox)
          sandbox.write('../outside/size.test.js', SIZE)
          sandbox.link('tests/link.test.js', `${sandbox.outside}/size.test.js`)
          sandbox.link('away', sandbox.outside)
          return together([
            await tryRed(sandbox, { tests: ['tests/link.test.js'] }),
            await tryRed(sandbox, { tests: ['away/size.test.js'] }),
          ])
        },
      },
    ],
  },
]
