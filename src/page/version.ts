import manifest from '../../package.json' with { type: 'json' }

/** Version of this package, for the page. */
export const VERSION: string = manifest.version
