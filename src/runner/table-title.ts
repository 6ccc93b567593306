/** The title of a table of a TOML or INI file if the line begins one: `tool.pytest` of `[tool.pytest]`. */
export function tableTitle(line: string): string | undefined {
  return /^\s*\[{1,2}([^[\]]{1,300})\]/.exec(line)?.[1]?.trim()
}
