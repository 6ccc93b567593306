import type { BuildOptions } from 'esbuild'

export declare const sharedOptions: BuildOptions & { metafile: true }
export declare const programOptions: BuildOptions & { metafile: true }
export declare const esmBanner: { js: string }
