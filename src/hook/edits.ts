/** A change of one file that a client is about to make. */
export interface FileEdit {
  path: string
  /** The whole new content. */
  content?: string
  /** The text that is replaced, and what replaces it. */
  from?: string
  to?: string
}

type Fields = Record<string, unknown>

const WRITERS =
  /^(?:write|edit|multiedit|notebookedit|createfile|replacestringinfile|multireplacestringinfile|insertedit(?:intofile)?|inserteditintofile|editnotebookfile|editfiles?|create|writefile|replace|strreplaceeditor|strreplace|searchreplace|delete|deletefile|applypatch)$/

const PATHS = ['file_path', 'filePath', 'path', 'notebook_path', 'target_file']
const CONTENTS = ['content', 'file_text', 'contents']
const OLD = ['old_string', 'oldString', 'old_str']
const NEW = ['new_string', 'newString', 'new_str', 'code']

/** The edits of a tool call; none for tools that only read. */
export function editsOf(tool: string, input: Fields): FileEdit[] {
  const name = plainName(tool)
  const patch = [input['command'], input['input'], input['patch']].find(isPatch)
  if (patch !== undefined) return patchEdits(patch)
  if (!WRITERS.test(name)) return []
  const lists = ['edits', 'replacements', 'files'].flatMap(key => {
    const list = input[key]
    return Array.isArray(list) ? list : []
  })
  const parts: unknown[] = lists.length > 0 ? lists : [{}]
  return parts.flatMap(part => {
    const own = typeof part === 'string' ? { path: part } : part
    const fields = typeof own === 'object' && own !== null ? { ...input, ...own } : input
    return editOf(fields) ?? []
  })
}

/** A tool's name without case and separators: `create_file` and `createFile` are the same. */
export function plainName(tool: string): string {
  return tool.replaceAll(/[_\-\s]/g, '').toLowerCase()
}

function editOf(fields: Fields): FileEdit | undefined {
  const path = first(fields, PATHS)
  if (path === undefined) return undefined
  const [content, from, to] = [CONTENTS, OLD, NEW].map(names => first(fields, names))
  return {
    path,
    ...(content !== undefined && { content }),
    ...(from !== undefined && { from, to: to ?? '' }),
  }
}

function first(fields: Fields, names: readonly string[]): string | undefined {
  return names.map(name => fields[name]).find(value => typeof value === 'string')
}

function isPatch(value: unknown): value is string {
  return typeof value === 'string' && value.includes('*** Begin Patch')
}

/** One patch may change several files. Lines with `-` are replaced by those with `+`. */
function patchEdits(patch: string): FileEdit[] {
  const parts = patch.split(/^\*\*\* (?:Add|Update|Delete) File: /m).slice(1)
  return parts.flatMap(part => {
    const [path = '', ...lines] = part.split(/\r?\n/)
    const moved = lines.flatMap(line => /^\*\*\* Move to: (.+)$/.exec(line)?.[1] ?? [])
    const side = (sign: string) =>
      lines
        .filter(line => line.startsWith(sign))
        .map(line => line.slice(1))
        .join('\n')
    const edit = { path: path.trim(), from: side('-'), to: side('+') }
    return [edit, ...moved.map(to => ({ path: to.trim() }))]
  })
}
