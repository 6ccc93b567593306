import { withoutCitedFiles } from './cited-files.ts'

/** The files and folders (with a trailing `/`) that a text names, in order, without words that only look like files. */
export function filesNamedIn(text: string): string[] {
  const paths = tokensOf(withoutCitedFiles(text)).flatMap(expanded).filter(isFile).map(normalized)
  return [...new Set(withFolders(paths, text))]
}

function tokensOf(text: string): string[] {
  const visible = text.replaceAll(LINK, ' $1 ').replaceAll(URL, ' ')
  return [...visible.matchAll(TOKEN)].flatMap(([, quoted, bare]) =>
    quoted === undefined
      ? [withSlashes(trimmed((bare ?? '').replaceAll(ESCAPE, '$1')))]
      : (REGULAR_EXPRESSION.test(quoted) ? [] : quoted.split(SPACE)).map(word =>
          withSlashes(trimmed(word)),
        ),
  )
}

/** A path with backslashes, as people write it on Windows. Escapes, regular expressions and namespaces stay as they are. */
function withSlashes(token: string): string {
  return BACKSLASHES.test(token) && hasKnownExtension(token) ? token.replaceAll('\\', '/') : token
}

function hasKnownExtension(path: string): boolean {
  return EXTENSIONS.has(extensionOf(path)?.toLowerCase() ?? '')
}

function extensionOf(path: string): string | undefined {
  return /[^.]\.([a-z][a-z0-9]{0,9})$/i.exec(path)?.[1]
}

/** Completes bare file names with their full path or with the only folder that the text names, unless that is one more thing to make. */
function withFolders(paths: readonly string[], text: string): string[] {
  const [only, ...more] = paths.filter(path => path.endsWith('/'))
  const folder = only === undefined || more.length > 0 || isListed(only, text) ? undefined : only
  const bare = paths.filter(path => !path.includes('/') && !DOCUMENTS.has(path))
  return paths.flatMap(path => {
    if (path.includes('/')) return path === folder && bare.length > 0 ? [] : [path]
    if (DOCUMENTS.has(path) || paths.some(other => other.endsWith(`/${path}`))) return []
    return [`${folder ?? ''}${path}`]
  })
}

/** `Create a.json and src/` names two things, `Create a.js and b.js in src/` says where they are. */
function isListed(folder: string, text: string): boolean {
  const at = text.indexOf(folder)
  const before = text.slice(Math.max(0, at - 20), at)
  if (at > 0 && LISTED.test(before)) return true
  return at >= 0 && !PLACE.test(before) && LIST_GOES_ON.test(text.slice(at + folder.length))
}

/** Without the signs around it; the brackets of `[id]/page.tsx` and `(shop)/page.tsx` are a part of the path. */
function trimmed(token: string): string {
  // The star of a pattern such as `*.ts` is not markup.
  if (/^[("'`]*\*[\w.-]+[)"'`,;:.]*$/.test(token)) return ''
  let start = 0
  while (/^[("'[<*]/.test(token.slice(start)) && !ROUTE.test(token.slice(start))) start += 1
  return token
    .slice(start)
    .replace(/[)"'\]>*,;:.!?]+$/, '')
    .replace(/(:\d+(-\d+)?|#L?\d+(-L?\d+)?|(?<=[\w\]])\(.*)$/, '')
}

/** `a/{b,c}.ts` names two files; other patterns name none. */
function expanded(token: string): string[] {
  const braces = /^([^{}]*)\{([\w.,-]+)\}([^{}]*)$/.exec(token)
  if (braces === null) return [token]
  const [, before = '', inside = '', after = ''] = braces
  return inside.includes(',') ? inside.split(',').map(one => `${before}${one}${after}`) : []
}

function isFile(path: string): boolean {
  if (path.length < 3 || path.length > 200 || NEVER.test(path) || !ALLOWED.test(path)) return false
  const parts = path.replace(/^\.\//, '').split('/')
  const last = parts.at(-1) ?? ''
  if (last === '') return parts.length > 1 && !path.startsWith('/') && FOLDER.test(path)
  if (KNOWN.test(last)) return true
  if (PRODUCT.test(path)) return false
  if (extensionOf(last) === undefined) return false
  return hasKnownExtension(last) || (parts.length > 1 && !path.startsWith('/'))
}

function normalized(path: string): string {
  return path.replace(/^(\.\/)+/, '')
}

/** Documents of the feature. By bare name they are input to a task, not its result. */
const DOCUMENTS: ReadonlySet<string> = new Set([
  'spec.md',
  'plan.md',
  'tasks.md',
  'data-model.md',
  'research.md',
  'quickstart.md',
])

const TOKEN = /`([^`\n]+)`|([^\s`,，、；。（）]+)/g
/** Markdown's escape of a character that would mark up the text, as in `my\\_file.py`. */
const ESCAPE = /\\([_*[\]()~])/g
const BACKSLASHES = /^[\w.-]+(?:\\[\w.-]+)+$/
const LISTED = /(,|\b(and|or|plus)|[&+])\s+(an? |the )?[`"'(]?$/i
/** Words before a folder that say where the files beside it are. */
const PLACE = /\b(in|into|inside|under|within|below|unter|en|dans|em)\s+(the )?[`"']?$/i
const LIST_GOES_ON = /^[`"']?(,|\s+(and|or|plus)\b|\s*[&+])\s*[`"'\w.[]/i
/** A folder or file whose name is a parameter of a route, or a group of routes. */
const ROUTE = /^(\[{1,2}(\.{3})?[\w-]+\]{1,2}|\((\.{1,3}|[\w-]+)\))[\w.[\]-]*[/.]/
const REGULAR_EXPRESSION = /^\/.+\/[dgimsuvy]*$/
const SPACE = /\s+|,\s*(?![^{]*\})/
/** Its address ends before the next link, so that many of them are read in linear time. */
const LINK = /!?\[[^\]]{0,300}\]\(((?:[^)\s\]]|\](?!\()){1,1000})\)/g
const URL = /\b(?:[a-z][a-z0-9+.-]{0,20}:\/\/|www\.)[^\s`)]+/gi

/** Absolute paths, paths out of the workspace, patterns, calls, placeholders and versions. */
const NEVER =
  /^\/|^~|(^|\/)\.\.(\/|$)|[*?<>|="'\\]|^[$@]|(?<![/.])[$@]|\$[A-Z_{]|^v?\d+(\.\d+)+$|(?<!\[)\.{3}|^\.+$|:/
const ALLOWED = /^[\p{L}\p{N}._/()[\]+$@-]+$/u
const FOLDER = /^(\.?[\w()[\]-][\w.()[\]-]*\/)+$/
/** Files that have no extension, and those whose name begins with a dot, such as `.python-version`. */
const KNOWN =
  /^((Docker|Container)file(\.\w+)?|(Make|Proc|Gem|Rake|Just|just|Vagrant|Jenkins|Pip|Pod|Fast|Brew|Caddy|Tilt|Earth|Snake)file|CODEOWNERS|LICENSE|\.(gitkeep|gitmodules|mailmap|htaccess|envrc|tool-versions|clang-(format|tidy)|(python|node|ruby|java|go|terraform)-version|(git|docker|npm|helm|gcloud|vercel|eslint|prettier|stylelint)ignore|gitattributes|editorconfig|env|flake8|(npm|nvm|yarn|prettier|eslint|babel|pylint|stylelint|swc|coverage|browserslist|lintstaged|bazel)rc)(\.\w+)*|\.env\.[\w.]+)$/

/** Product names that look like files. */
const PRODUCT =
  /^(node|next|nuxt|vue|react|express|three|chart|angular|ember|backbone|alpine|d3|p5|socket|asp|vb|discord|solid|nest|day|moment|mocha|electron|tensorflow)\.(js|io|net)$/i

/** Extensions of bare file names; with a folder in front, any extension is accepted. */
const EXTENSIONS: ReadonlySet<string> = new Set(
  `astro bash bat c cc cfg cjs clj cmake cpp cs cshtml csproj css csv cts cxx dart dockerfile edn ejs elm erl ex exs
  fs fsx gql gradle graphql h hbs hpp hs html ini ipynb java jl js json json5 jsonc jsx kt kts less lock lua m md mdx
  mjs ml mod mts mustache nix php pl plist prisma properties proto ps1 py pyi r razor rb rs rst sass scala scss sh sln
  sol sql svelte svg swift tex tf toml ts tsx txt vb vue wxml wxss xaml xib xml yaml yml zig zsh`.split(
    /\s+/,
  ),
)
