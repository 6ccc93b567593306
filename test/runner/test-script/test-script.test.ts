import { describe, expect, it } from 'vitest'
import { readTestScript } from '../../../src/runner/test-script/test-script.ts'

const read = (test: string, more: Record<string, string> = {}) =>
  readTestScript({ scripts: { test, ...more } })

/** One line per test runner of a script. */
function lines(test: string, more: Record<string, string> = {}): string[] {
  return (read(test, more)?.uses ?? []).map(use => {
    const { framework, env, nodeFlags, loader, wrappers, options, targets, before } = use
    const parts = [
      ...before.map(text => `(${text})`),
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...wrappers.map(({ program, words }) => `[${[program, ...words].join(' ')}]`),
      ...(loader === undefined ? [] : [`<${loader}>`]),
      ...nodeFlags.map(flag => `node:${flag}`),
      framework,
      ...options.flatMap(({ words }) => words),
      ...targets.map(target => `'${target}'`),
    ]
    return parts.join(' ')
  })
}

describe('a test script', () => {
  it.for<[script: string, more: Record<string, string>, ...runners: string[]]>([
    [
      'mocha --require ./setup --reporter spec test/ test/acceptance/',
      {},
      "mocha --require ./setup 'test/' 'test/acceptance/'",
    ],
    [
      'NODE_ENV=test mocha -r tsx/cjs "test/**/*.ts"',
      {},
      "NODE_ENV=test mocha -r tsx/cjs 'test/**/*.ts'",
    ],
    [
      'NODE_OPTIONS=--experimental-vm-modules jest --ci --coverage -i',
      {},
      'NODE_OPTIONS=--experimental-vm-modules jest --coverage -i',
    ],
    [
      'node --experimental-vm-modules node_modules/jest/bin/jest.js --config jest.unit.js',
      {},
      'node:--experimental-vm-modules jest --config jest.unit.js',
    ],
    ['node --import tsx --test', {}, 'node:test --import tsx'],
    [
      'node --test --test-reporter spec --import=tsx "src/**/*.test.ts"',
      {},
      "node:test --import=tsx 'src/**/*.test.ts'",
    ],
    ['tsx --test test/*.ts', {}, "<tsx> node:test 'test/*.ts'"],
    ['cross-env X=1 Y=two vitest run --project unit', {}, 'X=1 Y=two vitest --project unit'],
    ['cross-env-shell "X=1" vitest --watch=false', {}, 'X=1 vitest'],
    ['c8 --check-coverage --lines 90 mocha', {}, '[c8 --check-coverage --lines 90] mocha'],
    ['nyc --reporter=text mocha -t 5s', {}, '[nyc --reporter=text] mocha -t 5s'],
    ['dotenv -e .env.test -- jest', {}, '[dotenv -e .env.test --] jest'],
    ['dotenvx run -f .env.test -- vitest', {}, '[dotenvx run -f .env.test --] vitest'],
    ['env-cmd -f .env.ci nyc ava --serial', {}, '[env-cmd -f .env.ci] [nyc] ava --serial'],
    ['npx --no-install jest', {}, 'jest'],
    ['pnpm exec vitest run', {}, 'vitest'],
    ['yarn jest --runInBand', {}, 'jest --runInBand'],
    ['bun test --preload ./setup.ts', {}, 'bun test --preload ./setup.ts'],
    [
      'xvfb-run -a playwright test --project=chromium',
      {},
      '[xvfb-run -a] playwright test --project=chromium',
    ],
    ['npm run build && mocha', { build: 'tsc -p .' }, '(npm run build) mocha'],
    ['mocha 2>&1 | tee log.txt', {}, 'mocha'],
    ['mocha || true', {}, 'mocha'],
    ['tsc --noEmit && eslint . && vitest run', {}, 'vitest'],
    ['npm run lint && npm run unit', { lint: 'eslint .', unit: 'jest' }, 'jest'],
    [
      'run-s test:*',
      { 'test:unit': 'vitest run', 'test:lint': 'xo', 'test:e2e': 'playwright test' },
      'vitest',
      'playwright test',
    ],
    ['npm-run-all --parallel unit', { unit: 'A=1 ava' }, 'A=1 ava'],
    ['X=1 npm run unit -- --bail --config a.js', { unit: 'jest' }, 'X=1 jest --config a.js'],
    ['pnpm unit --dir src', { unit: 'vitest run' }, 'vitest --dir src'],
    ['mocha', { pretest: 'node gen.js', posttest: 'eslint .' }, '(node gen.js) mocha'],
    [
      'mocha test/unit && mocha --timeout 9s test/slow',
      {},
      "mocha 'test/unit'",
      "mocha --timeout 9s 'test/slow'",
    ],
    ['npm test', {}],
    ['vitest run | cat; echo done', {}, 'vitest'],
  ])('%s', ([script, more, ...runners]) => {
    expect(lines(script, more)).toEqual(runners)
  })

  it.for<[string, object]>([
    ['pnpm -r test', { script: 'test', filters: [] }],
    ['pnpm -r --filter ./packages/** run unit', { script: 'unit', filters: ['./packages/**'] }],
    ['pnpm --recursive run test', { script: 'test', filters: [] }],
    ['npm test --workspaces --if-present', { script: 'test', filters: [] }],
    ['npm run test -ws', { script: 'test', filters: [] }],
    ['npm test -w a -w packages/b', { script: 'test', filters: ['a', 'packages/b'] }],
    ['yarn workspaces foreach -A run test', { script: 'test', filters: [] }],
    ['yarn workspaces run test', { script: 'test', filters: [] }],
    ['yarn workspace @x/a test', { script: 'test', filters: ['@x/a'] }],
    ['turbo run test', { script: 'test', filters: [] }],
    ['turbo test --filter=web', { script: 'test', filters: ['web'] }],
    ['npx turbo run test', { script: 'test', filters: [] }],
    ['nx run-many -t test', { script: 'test', filters: [] }],
    ['nx run-many --target=test --all', { script: 'test', filters: [] }],
    ['cd app && npm test', { script: 'test', filters: ['app'] }],
    ['npm --prefix app run unit', { script: 'unit', filters: ['app'] }],
    ['lerna run test --stream', { script: 'test', filters: [] }],
  ])('of a workspace: %s', ([script, packages]) => {
    expect(read(script)).toMatchObject({ packages: [packages], unread: [] })
  })

  it.for([
    ['sh ./test.sh', 'sh ./test.sh'],
    ['node test/run.js', 'node test/run.js'],
    ['node test/run.js --test', 'node test/run.js --test'],
    ['make test', 'make test'],
    ['mocha $MOCHA_FLAGS', 'mocha $MOCHA_FLAGS'],
    ['mocha && node test/types.js', 'node test/types.js'],
    ['run-s "test:unit -- --ci"', 'run-s "test:unit -- --ci"'],
    ['cd app && jest', 'cd app && jest'],
  ])('a part that cannot be read is named: %s', ([script = '', part]) => {
    expect(read(script)?.unread).toEqual([part])
  })

  it.for([
    [
      'turbo run build test',
      [
        { script: 'build', filters: [] },
        { script: 'test', filters: [] },
      ],
    ],
    [
      'nx run-many --target=lint,test',
      [
        { script: 'lint', filters: [] },
        { script: 'test', filters: [] },
      ],
    ],
    [
      'nx run-many -t build test',
      [
        { script: 'build', filters: [] },
        { script: 'test', filters: [] },
      ],
    ],
    ['nx run web:test', [{ script: 'test', filters: ['web'] }]],
    ['nx test web', [{ script: 'test', filters: ['web'] }]],
  ] as const)('each target of several packages is read: %s', ([script, packages]) => {
    expect(read(script)).toMatchObject({ packages, unread: [] })
  })

  it('scripts that all call each other are read in part, and the rest is named', () => {
    const names = Array.from({ length: 30 }, (_, at) => `test:${at}`)
    const script = read(
      'run-p "test:*"',
      Object.fromEntries(names.map(name => [name, 'run-p "test:*"'])),
    )
    expect(script?.names.length).toBeLessThanOrEqual(200)
    expect(script?.unread).toContain('npm run test:29')
  })

  it('a script of a new package is none', () => {
    expect(read('echo "Error: no test specified" && exit 1')).toBeUndefined()
    expect(readTestScript({})).toBeUndefined()
  })

  it('names the scripts that decide which tests run', () => {
    const script = read('npm run build && npm run unit', { build: 'tsc', unit: 'mocha' })
    expect(script?.names).toEqual(['test', 'unit'])
  })
})
