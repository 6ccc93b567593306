import path from 'node:path'
import { parseJson } from '../../plan/parse-json.ts'

/**
 * The folders in `WORKSPACE_FOLDER_PATHS`, which Cursor sets for its servers: one path, several with commas, or a JSON list. It starts
 * servers of the user level in the home folder.
 */
export function clientFolders(text: string): string[] {
  const list = parseJson(text)
  const folders = Array.isArray(list)
    ? list.filter(folder => typeof folder === 'string')
    : text.split(/,(?=\/|[A-Za-z]:[\\/])/)
  return folders.map(folder => folder.trim()).filter(folder => path.isAbsolute(folder))
}
