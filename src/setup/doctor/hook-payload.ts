/** A call of a client before it writes below `.redgreen` of a folder, in the client's own form. Every installed hook has to deny it. */
export function forbiddenWrite(flag: string, folder: string): string {
  return JSON.stringify((FORMS[flag] ?? claude)(folder))
}

const FILE = '.redgreen/canary'

const FORMS: Record<string, (folder: string) => object> = {
  'copilot-cli': cwd => ({
    cwd,
    toolName: 'create',
    toolArgs: JSON.stringify({ path: FILE, file_text: '' }),
  }),
  gemini: cwd => ({
    hook_event_name: 'BeforeTool',
    cwd,
    tool_name: 'write_file',
    tool_input: { file_path: FILE, content: '' },
  }),
  cursor: cwd => ({
    hook_event_name: 'preToolUse',
    conversation_id: 'canary',
    workspace_roots: [cwd],
    tool_name: 'Write',
    tool_input: { file_path: FILE, content: '' },
  }),
}

function claude(cwd: string): object {
  return {
    hook_event_name: 'PreToolUse',
    cwd,
    tool_name: 'Write',
    tool_input: { file_path: FILE, content: '' },
  }
}
