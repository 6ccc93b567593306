import { describe, expect, it } from 'vitest'
import { humanCommands } from '../../src/cli/human-commands.ts'
import { humanCommandIn, writtenBy } from '../../src/hook/shell.ts'
import { HUMAN_COMMANDS } from '../../src/runner/own-command.ts'

describe('a shell line', () => {
  it('is searched for every command of a human', () => {
    expect(HUMAN_COMMANDS).toEqual(humanCommands.map(({ name }) => name))
  })

  it.each([
    ['redgreen approve', 'approve'],
    ['npx -y redgreen-mcp waive T001 --reason x', 'waive'],
    ['pnpm dlx redgreen-mcp@1.2.3 allow-run', 'allow-run'],
    ['cd app && node ./node_modules/redgreen-mcp/dist/cli.js confirm-phase', 'confirm-phase'],
    ['yes | ./node_modules/.bin/redgreen approve', 'approve'],
    ['script -qec "redgreen approve" /dev/null', 'approve'],
    [`bash -c 'echo hi; redgreen release T001'`, 'release'],
    ['A=1 timeout 5 redgreen reopen T001', 'reopen'],
    ['echo $(redgreen approve)', 'approve'],
  ])('runs a command of a human: %s', (line, command) => {
    expect(humanCommandIn(line)).toBe(command)
  })

  it.each([
    'redgreen status',
    'redgreen approve --help',
    'npx redgreen-mcp next-task approve',
    'git commit -m "redgreen approve is documented"',
    'grep -rn "redgreen approve" docs',
    'echo "run redgreen approve" # redgreen approve',
    'cat <<EOF\nredgreen approve\nEOF',
    'npm run approve',
    '',
    '"',
  ])('runs none: %s', line => {
    expect(humanCommandIn(line)).toBeUndefined()
  })

  it.each([
    ['echo x > .redgreen/ledger/a', ['.redgreen/ledger/a']],
    ['echo x >> "a b.txt" 2>&1', ['a b.txt']],
    ['cat a | tee -a b c', ['b', 'c']],
    ['rm -rf .redgreen; mv a b', ['.redgreen', 'a', 'b']],
    ['cp .redgreen/a /tmp/b', ['/tmp/b']],
    ["sed -i 's/a/b/' f.json", ['s/a/b/', 'f.json']],
    ["sed 's/a/b/' f.json", []],
    ['git -C x checkout -- .redgreen/ledger', ['.redgreen/ledger']],
    ['git update-ref -d refs/redgreen/a', ['.redgreen/refs']],
    ['git add .redgreen && git commit -m x', []],
    ['cat .redgreen/ledger/a > /tmp/x; node --test', ['/tmp/x']],
    ['cd .redgreen && rm -rf ledger', ['.redgreen/ledger']],
    ['cd a && cd b && echo x > c && rm /d', ['a/b/c', '/d']],
    ['(cd .redgreen && ls); rm a', ['a']],
    ['cd "$HOME" && rm a /b', ['/b']],
    ['cd a; cd -; rm b', []],
    ['sudo rm -rf .redgreen', ['.redgreen']],
    ['env A=1 timeout 5 rm .redgreen/a', ['.redgreen/a']],
    [`bash -c 'cd .redgreen; rm a'`, ['.redgreen/a']],
    ['find .redgreen -name "*.json" -delete', ['.redgreen']],
    ['find . -name x -exec rm {} +', ['.']],
    ['find .redgreen -name "*.json"', []],
    ['echo cd .redgreen; rm a', ['a']],
  ])('writes the files that it names: %s', (line, files) => {
    expect(writtenBy(line)).toEqual(files)
  })

  it('is read in linear time', () => {
    const line = 'cat <<00\n'.repeat(20_000)
    expect(writtenBy(line)).toEqual([])
  })
})
