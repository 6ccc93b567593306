import { filesNamedIn } from './files.ts'

/**
 * The files of a task that has a line such as `- Files: src/a.ts, src/b.ts`: those of its title and of such lines. What the other lines
 * name is explained, not changed. `undefined` for a task without such a line.
 */
export function statedFiles(title: string, lines: readonly string[]): string[] | undefined {
  const stated: string[] = []
  let hasFiles = false
  let isBelow = false
  for (const line of lines) {
    const [all = '', label = ''] = LABEL.exec(line) ?? []
    if (all !== '') {
      const value = line.slice(all.length)
      const isFiles = FILES.test(label)
      const isStated = isFiles || TESTS.test(label)
      // The files may be listed below the label.
      isBelow = isStated && value.trim() === ''
      if (!isStated) continue
      const found = filesNamedIn(value)
      if (isFiles && (isBelow || found.length > 0)) hasFiles = true
      stated.push(value)
    } else if (isBelow) stated.push(line)
  }
  const files = hasFiles ? filesNamedIn([title, ...stated].join('\n')) : []
  return files.length > 0 ? files : undefined
}

const LABEL = /^[*_]{0,3}([\p{L}][\p{L} /()-]{1,30}?)[*_]{0,3}\s*[:：][*_]{0,3}/u
const FILES =
  /^((new|existing|target|source|output|affected|changed|modified|created) )?(files?|paths?)( (to|being) (create|change|modify|edit|update|touch)(d|ed)?)?( \((new|modify|update|create)[^)]*\))?$|^(create|modify|dateien?|archivos?|arquivos?|fichiers?|文件|檔案|ファイル)$/i
const TESTS = /^(tests?( files?)?|test (path|location)s?)$/i
