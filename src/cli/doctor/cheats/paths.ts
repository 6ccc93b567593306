import type { Cheat } from '../cheat.ts'
import { begun, SIZE, tryRed } from '../honest.ts'

/** Ways out of the project. */
export const pathCheats: Cheat[] = [
  {
    row: 25,
    cheat: 'Name a path that leads out of the project, or into the options of a program',
    ways: [
      {
        how: 'two dots',
        caughtBy: 'path_outside',
        async play(stage) {
          await begun(stage)
          return tryRed(stage, { tests: ['../outside/size.test.js'] })
        },
      },
      {
        how: 'an absolute path',
        caughtBy: 'path_outside',
        async play(stage) {
          await begun(stage)
          return tryRed(stage, { tests: [`${stage.outside}/size.test.js`] })
        },
      },
      {
        how: 'a link that leads out',
        caughtBy: 'path_outside',
        async play(stage) {
          await begun(stage)
          stage.write('../outside/size.test.js', SIZE)
          stage.link('tests/link.test.js', `${stage.outside}/size.test.js`)
          return tryRed(stage, { tests: ['tests/link.test.js'] })
        },
      },
      {
        how: 'a folder that is a link',
        caughtBy: 'path_outside',
        async play(stage) {
          await begun(stage)
          stage.write('../outside/size.test.js', SIZE)
          stage.link('away', stage.outside)
          return tryRed(stage, { tests: ['away/size.test.js'] })
        },
      },
      {
        how: 'a name that begins with a dash',
        caughtBy: 'path_outside',
        async play(stage) {
          await begun(stage)
          return tryRed(stage, { tests: ['--import=./src/stack.js'] })
        },
      },
    ],
  },
]
