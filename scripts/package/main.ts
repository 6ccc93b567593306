import process from 'node:process'
import { makeBundle } from './bundle.ts'

console.log(await makeBundle(process.cwd()))
