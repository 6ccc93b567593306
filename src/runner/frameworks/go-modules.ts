import path from 'node:path'
import { textOfFile } from '../text-file.ts'

/** A module of Go. */
export interface GoModule {
  /** As `go.mod` names it. */
  name: string
  /** Absolute. */
  folder: string
}

/** The modules that `go.work` names, or the module of the folder itself. */
export function goModules(folder: string): GoModule[] {
  const work = textOfFile(path.join(folder, 'go.work'))
  const blocks = [...work.matchAll(/^use\s*(?:\(([^)]*)\)|(\S+))/gm)]
  const used = blocks.flatMap(([, list, one]) => (list ?? one ?? '').split('\n'))
  const folders = used
    .map(line =>
      line
        .replace(/\/\/.*$/, '')
        .trim()
        .replace(/^"|"$/g, ''),
    )
    .filter(line => line !== '')
    .map(line => path.resolve(folder, line))
  return [...new Set(folders.length > 0 ? folders : [folder])].map(own => ({
    name: /^module\s+"?([^\s"]+)/m.exec(textOfFile(path.join(own, 'go.mod')))?.[1] ?? '',
    folder: own,
  }))
}

/** The folder of a package, by its import path. */
export function folderOfPackage(name: string, modules: readonly GoModule[]): string {
  const fitting = modules.filter(
    module => name === module.name || name.startsWith(`${module.name}/`),
  )
  const [nearest] = fitting.toSorted((a, b) => b.name.length - a.name.length)
  const { name: base = '', folder = '.' } = nearest ?? modules[0] ?? {}
  return path.join(folder, path.relative(base, name))
}
