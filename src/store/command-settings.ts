import * as z from 'zod'
import { REPORT_FORMATS } from '../runner/frameworks/custom.ts'

const argv = z.array(z.string().min(1)).min(1)
const judge = z.union([argv, z.literal(false)])

/** The setting `commands`: the programs that the server runs. */
export const commands = z
  .strictObject({
    tests: z
      .union([
        z.strictObject({
          framework: z
            .string()
            .describe('Name of a supported test runner, such as vitest or pytest.'),
        }),
        z.strictObject({
          file: argv.describe(
            'Command that runs test files. {files} stands for the files, {report} for the path of the report, such as ["pytest", "{files}", "--junit-xml={report}"].',
          ),
          all: argv
            .optional()
            .describe('Command that runs the full suite; default: file without {files}.'),
          report: z
            .enum(REPORT_FORMATS)
            .describe('Format of the report. Without {report} it is read from standard output.'),
          name: argv
            .optional()
            .describe(
              'Arguments for each test name. {name} stands for the name, {path} for the name with its suites, such as ["-k", "{name}"].',
            ),
        }),
      ])
      .optional()
      .describe(
        'How tests are run: {framework}, or {file, report, all, name} for another command. Default: detected.',
      ),
    types: judge
      .optional()
      .describe(
        'Type checker, such as ["npx", "tsc", "--noEmit"], or false for none. Default: the script of the project, else detected.',
      ),
    lint: judge
      .optional()
      .describe(
        'Linter, such as ["npx", "eslint", "."], or false for none. Default: the script of the project, else detected.',
      ),
    warm: z
      .boolean()
      .default(true)
      .describe(
        'Whether record_red and record_green may run tests in a Vitest or node --test that was started before. false: each run starts its own.',
      ),
    prepare: argv
      .optional()
      .describe(
        'Command that installs dependencies into a temporary checkout, such as ["npm", "ci"]. Default: the installed dependencies are linked.',
      ),
  })
  .prefault({})
  .describe('Programs that the server runs, as argument lists without a shell.')

/** The setting `checks`: commands that prove tasks of kind `check`. */
export const checks = z
  .record(z.string(), argv)
  .default({})
  .describe(
    'Commands that prove tasks of kind check, by name, such as {"build": ["npm", "run", "build"]}.',
  )
