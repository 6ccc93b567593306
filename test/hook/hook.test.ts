import { describe, expect, it } from 'vitest'
import { answerFor } from '../../src/hook/answer.ts'
import { decide, type Facts } from '../../src/hook/decide.ts'
import { parsePayload } from '../../src/hook/payload.ts'
import type { FeatureHookState, OpenTask } from '../../src/store/hook-state-file.ts'

const RED: OpenTask = {
  task: 'T001',
  stage: 'red',
  host: 'h',
  pid: 7,
  holder: '11111111',
  failed: false,
  next: 'Write the code that makes the test pass. Call record_green with task T001.',
}
const PLAN = 'specs/1/tasks.md'
const LINE = '- [ ] T001 Add a stack'
const TEXT = `# Tasks\n${LINE}\n- [ ] unrelated box\n- [x] T000 Set up\n`
const FEATURE: FeatureHookState = {
  head: 'h1',
  open: [RED],
  frozen: [{ file: 'test/a.test.js', task: 'T001' }],
  marks: [{ file: PLAN, lines: [LINE] }],
  waits: false,
  next: null,
}

function facts(feature: Partial<FeatureHookState> = {}, more: Partial<Facts> = {}): Facts {
  const counts = new Map<string, number>()
  return {
    root: '/p',
    now: { format: 1, denyFrozen: false, features: { one: { ...FEATURE, ...feature } } },
    read: file => (file === `/p/${PLAN}` ? TEXT : undefined),
    isLive: () => true,
    isRunning: () => false,
    countStop: head => {
      counts.set(head, (counts.get(head) ?? 0) + 1)
      return counts.get(head) ?? 0
    },
    ...more,
  }
}

/** The answer to a payload, as the client reads it. */
function answer(payload: object, client?: string, of: Facts = facts()): unknown {
  const call = parsePayload(JSON.stringify(payload), client)
  return call && answerFor(call, decide(call, of))
}

const write = (file: string, more: object = { content: 'x' }) => ({
  hook_event_name: 'PreToolUse',
  cwd: '/p',
  tool_name: 'Write',
  tool_input: { file_path: file, ...more },
})

/** What each client sends before it writes to the ledger, and what it has to get. */
const DENIALS: [string, string | undefined, object, object][] = [
  [
    'Claude Code',
    'claude-code',
    { session_id: 's', transcript_path: '/t', ...write('/p/.redgreen/ledger/a') },
    claudeDenial(),
  ],
  [
    'VS Code',
    'claude-code',
    {
      timestamp: '2026-11-01T00:00:00Z',
      sessionId: 's',
      hookEventName: 'PreToolUse',
      cwd: '/p',
      tool_name: 'create_file',
      tool_input: { filePath: '/p/.redgreen/ledger/a', content: '' },
    },
    claudeDenial(),
  ],
  [
    'Codex',
    'codex',
    {
      session_id: 's',
      turn_id: 't',
      hook_event_name: 'PreToolUse',
      cwd: '/p',
      tool_name: 'apply_patch',
      tool_input: {
        command:
          '*** Begin Patch\n*** Update File: src/a.js\n@@\n-a\n+b\n*** Delete File: .redgreen/ledger/a\n*** End Patch',
      },
    },
    claudeDenial(),
  ],
  [
    'Copilot CLI',
    'copilot-cli',
    {
      timestamp: 1,
      cwd: '/p',
      toolName: 'create',
      toolArgs: JSON.stringify({ path: '/p/.redgreen/ledger/a', file_text: '' }),
    },
    { permissionDecision: 'deny', permissionDecisionReason: expect.stringContaining('.redgreen') },
  ],
  [
    'Gemini CLI',
    'gemini',
    {
      session_id: 's',
      hook_event_name: 'BeforeTool',
      timestamp: 't',
      cwd: '/p',
      tool_name: 'write_file',
      tool_input: { file_path: '.redgreen/ledger/a', content: '' },
    },
    { decision: 'deny', reason: expect.stringContaining('.redgreen') },
  ],
  [
    'Cursor',
    'cursor',
    {
      conversation_id: 'c',
      cursor_version: '3',
      hook_event_name: 'preToolUse',
      workspace_roots: ['/p'],
      tool_name: 'Write',
      tool_input: { file_path: '/p/.redgreen/ledger/a', content: '' },
    },
    {
      permission: 'deny',
      user_message: expect.stringContaining('.redgreen'),
      agent_message: expect.stringContaining('.redgreen'),
    },
  ],
  [
    'Cursor before a shell command',
    undefined,
    {
      conversation_id: 'c',
      hook_event_name: 'beforeShellExecution',
      cwd: '/p',
      command: 'rm -rf .redgreen',
    },
    expect.objectContaining({ permission: 'deny' }),
  ],
]

function claudeDenial() {
  return {
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: expect.stringContaining('.redgreen/ledger/a'),
    },
  }
}

/** What each client sends at the end of a turn. */
const STOPS: [string, string, object, object][] = [
  ['Claude Code', 'claude-code', { hook_event_name: 'Stop', cwd: '/p' }, block()],
  [
    'Claude Code, sub-agent',
    'claude-code',
    { hook_event_name: 'SubagentStop', cwd: '/p', stop_hook_active: false },
    block(),
  ],
  [
    'VS Code',
    'claude-code',
    { hookEventName: 'Stop', cwd: '/p', timestamp: 't' },
    {
      ...block(),
      hookSpecificOutput: { hookEventName: 'Stop', ...block() },
    },
  ],
  ['Codex', 'codex', { hook_event_name: 'Stop', cwd: '/p' }, block()],
  ['Copilot CLI', 'copilot-cli', { cwd: '/p', stopReason: 'end_turn' }, block()],
  [
    'Gemini CLI',
    'gemini',
    { hook_event_name: 'AfterAgent', cwd: '/p' },
    { decision: 'deny', reason: expect.stringContaining('T001 is red') },
  ],
  [
    'Cursor',
    'cursor',
    { hook_event_name: 'stop', conversation_id: 'c', workspace_roots: ['/p'] },
    { followup_message: expect.stringContaining('record_green') },
  ],
]

function block() {
  return { decision: 'block', reason: expect.stringContaining('T001 is red') }
}

describe('the hook', () => {
  it.each(DENIALS)(
    'denies a write to the ledger in the words of %s',
    (_, client, payload, expected) => {
      expect(answer(payload, client)).toEqual(expected)
    },
  )

  it.each(STOPS)(
    'names the next call at the end of a turn of %s',
    (_, client, payload, expected) => {
      expect(answer(payload, client)).toEqual(expected)
    },
  )

  it.each([
    ['claude-code', { hook_event_name: 'SessionStart', cwd: '/p', source: 'startup' }],
    ['codex', { hook_event_name: 'SessionStart', cwd: '/p', source: 'startup' }],
    ['gemini', { hook_event_name: 'SessionStart', cwd: '/p', source: 'startup' }],
    ['copilot-cli', { cwd: '/p', source: 'new' }],
    ['cursor', { hook_event_name: 'sessionStart', conversation_id: 'c', workspace_roots: ['/p'] }],
  ])('says at the start of a session of %s where the work is, in few tokens', (client, payload) => {
    const text = JSON.stringify(answer(payload, client))
    expect(text).toContain('redgreen: T001 is red. Write the code')
    expect(text.length).toBeLessThan(480)
    const nothing = facts({ open: [], next: 'Call next_task.' })
    expect(JSON.stringify(answer(payload, client, nothing))).toContain('Call next_task.')
  })

  it.each([
    ['the settings while a task is open', write('redgreen.config.json'), /redgreen approve/],
    ['a tick', edit(LINE, LINE.replace('[ ]', '[x]')), /only the server ticks/],
    ['a tick of a part of the line', edit('[ ] T001', '[X] T001'), /only the server ticks/],
    [
      'a whole file with a tick',
      write(PLAN, { content: TEXT.replace('[ ] T001', '[x] T001') }),
      /ticks/,
    ],
    [
      'one of several edits with a tick',
      {
        ...write(PLAN),
        tool_name: 'MultiEdit',
        tool_input: {
          file_path: PLAN,
          edits: [
            { old_string: '# Tasks', new_string: '# All' },
            { old_string: LINE, new_string: '- [x] T001 Add a stack' },
          ],
        },
      },
      /ticks/,
    ],
    ["a human's command", bash('npx redgreen-mcp approve'), /decision of a human/],
    ['a shell write to the ledger', bash('cd /p; echo x >> .redgreen/ledger/a'), /server only/],
    [
      'a tick with sed',
      bash(`sed -i 's/\\[ \\] T001/[x] T001/' ${PLAN}`),
      /only the server ticks/i,
    ],
    [
      'a tick with sed in a pattern of files',
      bash("sed -i 's/\\[ \\] T001/[x] T001/' specs/*/tasks.md"),
      /only the server ticks/i,
    ],
    [
      'a tick with sed in the folder of the plan',
      bash(`cd specs/1 && sed -i 's/\\[ \\]/[x]/' tasks.md`),
      /only the server ticks/i,
    ],
    ['the folder behind a pattern', bash('rm -rf .red*'), /server only/],
    ['a folder that is changed before', bash('cd .redgreen && rm -rf ledger'), /server only/],
    ['another program around it', bash('sudo rm -rf .redgreen'), /server only/],
  ])('denies %s', (_, payload, text) => {
    expect(JSON.stringify(answer(payload))).toMatch(/"permissionDecision":"deny"/)
    expect(JSON.stringify(answer(payload))).toMatch(text)
  })

  it.each([
    ['a source file', write('src/a.js')],
    ['a file whose name begins like ours', write('.redgreen-notes/a')],
    ['an edit of the plan without a tick', edit('Add a stack', 'Add a stack of numbers')],
    ['a box of something else in the plan', edit('[ ] unrelated', '[x] unrelated')],
    ['the removal of a tick', edit('[x] T000', '[ ] T000')],
    ['a mark that says in progress', edit('[ ] T001', '[~] T001')],
    ['a read of the ledger', { ...write('.redgreen/ledger/a'), tool_name: 'Read' }],
    ['a shell read of the ledger', bash('cat .redgreen/ledger/* | head')],
    ['a shell read in the folder of the ledger', bash('cd .redgreen && ls; cd ..')],
    ['a write after such a read', bash('(cd .redgreen && ls); touch a.js')],
    ['the removal of files behind a pattern', bash('rm -rf dist/* *.md')],
    ['boxes of other files', bash("sed -i 's/\\[ \\]/[x]/' docs/*.md")],
    ['a bare test run', bash('npx vitest run')],
    ['an event without a rule', { hook_event_name: 'PostToolUse', cwd: '/p' }],
    ['a payload without fields', {}],
  ])('has no opinion on %s', (_, payload) => {
    expect(answer(payload)).toBeUndefined()
  })

  it('lets the settings change when no task is open', () => {
    expect(answer(write('redgreen.config.json'), undefined, facts({ open: [] }))).toBeUndefined()
  })

  it('says what happens if a frozen file changes, and denies it only if the settings ask for that', () => {
    const informed = answer(write('test/a.test.js'))
    expect(informed).toEqual({
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        additionalContext: expect.stringContaining('frozen since T001 went red'),
      },
    })
    const strict = facts()
    strict.now.denyFrozen = true
    expect(JSON.stringify(answer(write('test/a.test.js'), undefined, strict))).toContain('"deny"')
  })

  it('reads a plan in JSON and a table', () => {
    const json = facts(
      { marks: [{ file: PLAN, lines: ['"passes": false'] }] },
      { read: () => '{\n  "passes": false\n}' },
    )
    expect(answer(edit('"passes": false', '"passes": true'), undefined, json)).toBeDefined()
    const row = '| T001 | Stack | pending |'
    const table = facts({ marks: [{ file: PLAN, lines: [row] }] }, { read: () => row })
    expect(answer(edit('pending', 'done'), undefined, table)).toBeDefined()
    expect(answer(edit('Stack', 'Queue'), undefined, table)).toBeUndefined()
  })
})

describe('the end of a turn', () => {
  const stop = { hook_event_name: 'Stop', cwd: '/p' }

  it('is held at most twice for one state of the ledger', () => {
    const of = facts()
    expect([1, 2, 3].map(() => answer(stop, undefined, of) !== undefined)).toEqual([
      true,
      true,
      false,
    ])
    expect(answer(stop, undefined, facts({ head: 'h2' }))).toBeDefined()
  })

  it('is held once if the client already goes on and nothing has changed', () => {
    const of = facts()
    const again = { ...stop, stop_hook_active: true }
    expect([1, 2].map(() => answer(again, undefined, of) !== undefined)).toEqual([true, false])
  })

  it.each([
    ['a human has to decide', facts({ waits: true })],
    ['a run is in progress', facts({}, { isRunning: () => true })],
    ['the task was reported as failed', facts({ open: [{ ...RED, failed: true }] })],
    ['the holder is gone', facts({}, { isLive: () => false })],
    ['the task has only been started', facts({ open: [{ ...RED, stage: 'todo' }] })],
    ['several holders work', facts({ open: [RED, { ...RED, task: 'T002', pid: 8 }] })],
    [
      'several holders work with one server',
      facts({ open: [RED, { ...RED, task: 'T002', holder: '22222222' }] }),
    ],
    ['nothing is open', facts({ open: [] })],
  ])('is not held if %s', (_, of) => {
    expect(answer(stop, undefined, of)).toBeUndefined()
  })
})

it('lets the settings change while only a holder that is gone has a task', () => {
  const payload = write('/p/redgreen.config.json')
  expect(answer(payload)).toBeDefined()
  expect(answer(payload, undefined, facts({}, { isLive: () => false }))).toBeUndefined()
})

it('counts the stops of the feature that has a holder', () => {
  const dead = { ...FEATURE, head: 'dead', open: [{ ...RED, pid: 1 }] }
  const counted: string[] = []
  const of = facts(
    {},
    {
      now: { format: 1, denyFrozen: false, features: { dead, live: FEATURE } },
      isLive: ({ pid }) => pid === RED.pid,
      countStop: head => counted.push(head),
    },
  )
  answer({ hook_event_name: 'Stop', cwd: '/p' }, undefined, of)
  expect(counted).toEqual([FEATURE.head])
})

function edit(from: string, to: string) {
  return {
    hook_event_name: 'PreToolUse',
    cwd: '/p',
    tool_name: 'Edit',
    tool_input: { file_path: `/p/${PLAN}`, old_string: from, new_string: to },
  }
}

function bash(command: string) {
  return { hook_event_name: 'PreToolUse', cwd: '/p', tool_name: 'Bash', tool_input: { command } }
}
