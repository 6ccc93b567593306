import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { completionScript } from '../../src/cli/completion.ts'
import { commands } from '../../src/cli/run-command.ts'

function scriptFor(shell: string): string {
  return completionScript(shell, commands)
}

function isThere(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0
}

describe('shell completion', () => {
  it.each(['bash', 'zsh', 'fish'])('has every command and option in %s', shell => {
    const script = scriptFor(shell)
    const options = commands.flatMap(({ options = {} }) => Object.keys(options))
    const missing = [...commands.map(({ name }) => name), ...options].filter(
      word => !new RegExp(`(?<![\\w-])(?:--|-l )?${word}(?![\\w-])`).test(script),
    )
    expect(missing).toEqual([])
  })

  it.each([
    [['redgreen', 'ver'], 'verify'],
    [['redgreen-mcp', 'verify', '--rep'], '--replay'],
    [['redgreen', 'init', '--dry'], '--dry-run'],
  ])('completes %j in bash', (words, expected) => {
    const line = `${scriptFor('bash')}\nCOMP_WORDS=(${words.join(' ')})\nCOMP_CWORD=${words.length - 1}\n_redgreen\necho "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: `${expected}\n`, stderr: '' })
  })

  it.for(['zsh', 'fish'])('is a valid script of %s', (shell, { skip }) => {
    skip(!isThere(shell), `${shell} is not installed`)
    const { status, stderr } = spawnSync(shell, ['-n'], {
      input: scriptFor(shell),
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it('names the shells if it does not know the one that is asked for', () => {
    expect(() => scriptFor('nushell')).toThrow('only for bash, zsh and fish')
  })
})
