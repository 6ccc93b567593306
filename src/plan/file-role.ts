import { isTestFile } from './test-file.ts'
import { BUILD_FOLDERS } from './tool-output.ts'

/** Is this a document, such as README.md? */
export function isDocument(path: string): boolean {
  return DOCUMENT.test(path)
}

/** Does it configure a tool? */
export function isConfigurationFile(path: string): boolean {
  return CONFIGURATION_FILE.test(path)
}

/** Is it neither a test, nor a document, nor configuration? */
export function isSource(path: string): boolean {
  return !isTestFile(path) && !isDocument(path) && !isConfigurationFile(path)
}

/** Is it written in a programming language? */
export function isCode(path: string): boolean {
  return CODE.test(path)
}

/** Does it support tests: helpers, fixtures, set-up, mocks or snapshots? */
export function isTestSupport(path: string): boolean {
  return SUPPORT.test(path)
}

/** Is it code, a test or configuration that no build wrote? Other files do not change what a validation checks. */
export function decidesValidation(path: string): boolean {
  return !BUILT.test(path) && (isCode(path) || isConfigurationFile(path) || isTestFile(path))
}

/** Folders of files that do not decide a validation, even if they are code. */
const BUILT = new RegExp(String.raw`(^|\/)(${BUILD_FOLDERS}|coverage|public|\.next|\.output)\/`)
const CODE =
  /\.([cm]?[jt]sx?|py|rs|go|java|kts?|rb|php|cs|c|cc|cpp|hh?|hpp|swift|vue|svelte|sh|pl)$/
const SUPPORT =
  /(^|\/)(tests?|__tests__|spec|e2e|__fixtures__|fixtures|__mocks__|__snapshots__|testdata|test-(utils|helpers|support))\/|(^|\/)(((vitest|jest|tests?)[.-]setup)|setup[.-]?tests?)([.-]\w+)*\.\w+$|-snapshots\/|\.(snap|golden|ambr)$|\.(approved|verified)\.\w+$/i
const DOCUMENT = /\.(md|mdx|rst|adoc|txt)$|(^|\/)docs?\/$|(^|\/)(LICENSE|README|CHANGELOG)$/i
const CONFIGURATION_FILE =
  /\.(ya?ml|toml|ini|cfg|conf|lock|env|properties|editorconfig)$|(^|\/)(\.[\w.-]*(rc|ignore|env|config)(\.\w+)*|\.env[\w.]*|package(-lock)?\.json|tsconfig[\w.]*\.json|Dockerfile|Makefile|Gemfile|go\.mod|requirements[\w-]*\.txt|[\w.-]+\.config\.[cm]?[jt]s)$/i
