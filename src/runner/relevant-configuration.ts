import path from 'node:path'
import { tableTitle } from './table-title.ts'

/**
 * The part of a configuration file that can change the result of a test run. Dependencies are left out, because adding one is
 * ordinary work. Of files that many tools share, only the tables of the test runner count.
 */
export function relevantConfiguration(file: string, text: string): string {
  const name = path.posix.basename(file)
  if (name === 'pyproject.toml') return tables(text, title => title.startsWith('tool.pytest'))
  if (name === 'setup.cfg' || name === 'tox.ini')
    return tables(text, title => title.endsWith('pytest'))
  if (name === 'Cargo.toml') return tables(text, title => !title.includes('dependencies'))
  if (name === 'go.mod') return text.replace(/^require\s*\([^()]*\)|^require\s.*$/gm, '').trim()
  if (name === 'pom.xml')
    return text.replace(/<dependency>(?:(?!<dependency>)[^])*?<\/dependency>/g, '')
  if (name === 'CMakeLists.txt') return text.replace(CMAKE_BUILD_COMMANDS, '')
  if (name.startsWith('build.gradle')) return text.replace(/^dependencies\s*\{[^{}]*\}/gm, '')
  return name.endsWith('proj') ? text.replace(/<PackageReference\b[^<>]*\/>/g, '') : text
}

/** Commands of CMake that define what programs are built from. */
const CMAKE_BUILD_COMMANDS =
  /\b(?:add_executable|add_library|target_sources|target_link_libraries|target_include_directories|find_package|FetchContent_\w+)\s*\((?:"(?:[^"\\]|\\.)*"|[^()"])*\)/gi

/** The tables of a TOML or INI file with the chosen titles. Lines before the first table have the title ''. */
function tables(text: string, isChosen: (title: string) => boolean): string {
  let title = ''
  const lines = text.split('\n').filter(line => {
    title = tableTitle(line) ?? title
    return isChosen(title)
  })
  return lines.join('\n').trim()
}
