import { together, type Cheat } from '../attack.ts'
import { begun, SIZE, tryRed } from '../projects/stack.ts'

/** Ways out of the project. */
export const pathCheats: Cheat[] = [
  {
    row: 25,
    cheat: 'Name a path that leads out of the project, or into the options of a program',
    ways: [
      {
        how: 'by its name: two dots, an absolute path, a dash',
        caughtBy: 'path_outside',
        async play(stage) {
          await begun(stage)
          stage.write('../outside/size.test.js', SIZE)
          return together([
            await tryRed(stage, { tests: ['../outside/size.test.js'] }),
            await tryRed(stage, { tests: [`${stage.outside}/size.test.js`] }),
            await tryRed(stage, { tests: ['--import=./src/stack.js'] }),
          ])
        },
      },
      {
        how: 'by a link, or a folder that is one',
        caughtBy: 'path_outside',
        async play(stage) {
          await begun(stage)
          stage.write('../outside/size.test.js', SIZE)
          stage.link('tests/link.test.js', `${stage.outside}/size.test.js`)
          stage.link('away', stage.outside)
          return together([
            await tryRed(stage, { tests: ['tests/link.test.js'] }),
            await tryRed(stage, { tests: ['away/size.test.js'] }),
          ])
        },
      },
    ],
  },
]
