import { describe, expect, it } from 'vitest'
import { parseCommand } from '../../src/runner/command-line.ts'

describe('a command line', () => {
  it.each([
    ['npm start', ['npm', 'start'], {}, undefined],
    [
      'PORT=3000 DEBUG="a b" node server.js',
      ['node', 'server.js'],
      { PORT: '3000', DEBUG: 'a b' },
      undefined,
    ],
    [
      'cd backend && uvicorn app:app --port 80',
      ['uvicorn', 'app:app', '--port', '80'],
      {},
      'backend',
    ],
    [`node -e 'a; b' "c d" e"f g"h`, ['node', '-e', 'a; b', 'c d', 'ef gh'], {}, undefined],
    ['  ', [], {}, undefined],
  ])('%s', (line, argv, env, folder) => {
    expect(parseCommand(line)).toEqual({ argv, env, folder })
  })

  it.each([
    ['npm start &', '&'],
    ['a | b', '|'],
    ['cd x && a && b', '&'],
    ['node $(which x)', '$('],
    ['node "$HOME/x"', '$H'],
    ['a > log', '>'],
    ['a; b', ';'],
  ])('%s needs a shell', (line, operator) => {
    expect(parseCommand(line)).toEqual({ needsShell: operator })
  })
})
