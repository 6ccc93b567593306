const SCRIPTS = /\.([cm]?[jt]sx?|vue|svelte|astro)$/i
const PAGES = /\.(html?|[jt]sx|vue|svelte|astro|erb|ejs|hbs|njk|jinja2?)$/i
const LANGUAGES: Readonly<Record<string, RegExp>> = {
  python: /\.py$/i,
  py: /\.py$/i,
  ruby: /\.(rb|erb)$/i,
  erb: /\.erb$/i,
  js: SCRIPTS,
  javascript: SCRIPTS,
  jsx: SCRIPTS,
  ts: SCRIPTS,
  typescript: SCRIPTS,
  tsx: SCRIPTS,
  html: PAGES,
  dockerfile: /(^|\/)Dockerfile[\w.-]*$/i,
  go: /\.go$/i,
  rust: /\.rs$/i,
  java: /\.java$/i,
  php: /\.php$/i,
  yaml: /\.ya?ml$/i,
}

/** Is the file in the language of the example? An example without a language is searched for in every source file. */
export function isInLanguage(language: string, path: string): boolean {
  const known = LANGUAGES[language]
  return known === undefined || known.test(path)
}
