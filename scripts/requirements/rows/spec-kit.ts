import type { Row } from '../row.ts'

const DEMO = 'test/examples/spec-kit.test.ts'
const FEATURES = 'test/dialects/spec-kit/features.test.ts'
const LOOP = 'test/e2e/loop.test.ts'
const CLI = 'test/cli/cli.test.ts'
const FRAMEWORKS = 'test/runner/frameworks.test.ts'
const READING = 'test/dialects/spec-kit/read.test.ts'
const PATHS = 'test/dialects/task-list/files.test.ts'
const ORDER = 'test/plan/order.test.ts'
const HISTORY = 'test/evidence/history.test.ts'
const BATCHES = 'test/workflow/batches.test.ts'
const GROUPS = 'test/workflow/test-groups.test.ts'

/** The implementation step of spec-kit: what has to be there, and its phases. */
export const specKit: readonly Row[] = [
  {
    id: 'R250',
    text: 'Every task of tasks.md is done, test first and in the order of dependencies.',
    shown: { test: DEMO, name: 'finishes every task in its phase' },
  },
  {
    id: 'R251',
    text: 'Without a tasks.md nothing begins, and the step that writes it is named.',
    shown: { test: FEATURES, name: 'is none without a tasks.md, with the step that would help' },
  },
  {
    id: 'R252',
    text: 'An analysis of the plan may be missing.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R253',
    text: 'The user has agreed to the tasks; it is asked for where the settings say so.',
    shown: {
      test: CLI,
      name: 'lets an approved plan begin, until something else than a mark changes',
    },
  },
  {
    id: 'R254',
    text: 'What the project needs to run is there; what is missing is named.',
    shown: {
      test: FRAMEWORKS,
      name: 'is not started where it is not installed, and says what to do',
    },
  },
  {
    id: 'R255',
    text: 'A plan that contradicts itself is named, and the tasks concerned do not begin.',
    shown: {
      test: READING,
      name: 'name repeated ids, missing dependencies and circles, and what they block',
    },
  },
  {
    id: 'R256',
    text: 'New requirements go into spec.md and new tasks first.',
    assistant:
      "that is the person's decision, with spec-kit's own commands; a plan that changed after its approval is refused.",
  },
  {
    id: 'R257',
    text: 'tasks.md is required, with its phases, dependencies and paths.',
    shown: { test: READING, name: 'is refused when it is %s' },
  },
  {
    ids: 'R258–R259',
    text: 'plan.md and spec.md are required.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'have to be there, unless a person declares one optional',
    },
  },
  {
    id: 'R260',
    text: 'data-model.md is used where it is there.',
    shown: { test: FEATURES, name: 'the documents of a feature are those that exist' },
  },
  {
    id: 'R261',
    text: 'The files of contracts/ are used where they are there.',
    shown: { test: FEATURES, name: 'the documents of a feature are those that exist' },
  },
  {
    id: 'R262',
    text: 'research.md is used where it is there.',
    shown: { test: FEATURES, name: 'the documents of a feature are those that exist' },
  },
  {
    id: 'R263',
    text: 'quickstart.md is used where it is there.',
    shown: { test: FEATURES, name: 'the documents of a feature are those that exist' },
  },
  {
    ids: 'R264–R265',
    text: "spec-kit's script for prerequisites is seen to run, and to be content.",
    assistant:
      "the script is run by spec-kit's own command; the server looks for the same files itself and refuses with a code.",
  },
  {
    id: 'R266',
    text: 'Required files and the chosen feature are checked.',
    shown: {
      test: FEATURES,
      name: 'is none when .specify/feature.json is broken or names a folder without tasks',
    },
  },
  {
    id: 'R267',
    text: 'It is told that the context is being read.',
    assistant: 'the assistant reads and says so; next_task lists what there is to read.',
  },
  {
    id: 'R268',
    text: 'The number of tasks is told.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    ids: 'R269–R270',
    text: 'The technologies of plan.md and the entities of data-model.md are told.',
    assistant: 'the assistant reads these documents and sums them up; next_task lists them.',
  },
  {
    id: 'R271',
    text: 'The files of contracts/ are told by name.',
    shown: { test: FEATURES, name: 'the documents of a feature are those that exist' },
  },
  {
    ids: 'R272–R273',
    text: 'research.md and the scenarios of quickstart.md are told.',
    assistant: 'the assistant reads these documents and sums them up; next_task lists them.',
  },
  {
    id: 'R274',
    text: 'It is told that tasks.md is being read.',
    assistant:
      'reading it takes a moment and is part of every call; what was found is in the answer.',
  },
  {
    id: 'R275',
    text: 'The phases are read: setup, tests, core, integration, polish.',
    shown: { test: READING, name: 'has one phase of each purpose' },
  },
  {
    ids: 'R276–R277',
    text: 'It is told how many tasks are sequential and how many are parallel.',
    shown: {
      test: BATCHES,
      name: 'is told when it is offered, once, and with what its tasks have in common',
    },
  },
  {
    id: 'R278',
    text: 'The files that a task names are read from its line.',
    shown: {
      test: PATHS,
      name: 'a text names',
      case: "['bare files', 'Add the route in src/api/rooms.py, then stop.'",
    },
  },
  {
    id: 'R279',
    text: 'It is worked out which tasks may run side by side.',
    shown: { test: ORDER, name: '[P] tasks side by side may start together' },
  },
  {
    id: 'R280',
    text: 'The start of a phase is told, with its first and last task.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'names the phase, its tasks, the task, and what may go on beside it',
    },
  },
  {
    id: 'R281',
    text: 'The start of a task is told, with id and title.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'names the phase, its tasks, the task, and what may go on beside it',
    },
  },
  {
    id: 'R282',
    text: 'The actions of a task are told line by line.',
    assistant: 'the assistant does them and shows them; the server sees the files that result.',
  },
  {
    id: 'R283',
    text: 'The results of a task are told as ticked lines.',
    shown: {
      test: DEMO,
      name: 'ends with owed tests green, the feature valid and the evidence verified',
    },
  },
  {
    id: 'R284',
    text: 'After each task it is told that it was marked.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'names the phase, its tasks, the task, and what may go on beside it',
    },
  },
  {
    id: 'R285',
    text: 'The end of a phase is told, with its count.',
    shown: { test: DEMO, name: 'finishes every task in its phase' },
  },
  {
    id: 'R286',
    text: 'Tasks without [P] run one after another.',
    shown: { test: ORDER, name: 'a task that is not [P] waits for all earlier ones' },
  },
  {
    id: 'R287',
    text: 'A finished task is marked [X] at once.',
    shown: { test: CLI, name: 'walk the loop, with exit code 0 for what was done' },
  },
  {
    id: 'R288',
    text: 'Any failure in setup halts the work.',
    shown: {
      test: 'test/workflow/failure.test.ts',
      name: 'halts in set-up even when it is parallel',
    },
  },
  {
    id: 'R289',
    text: 'Contract and integration tests come before the code.',
    shown: { test: ORDER, name: 'a task waits for the first unfinished phase before its own' },
  },
  {
    id: 'R290',
    text: 'A batch of parallel tasks is told.',
    shown: {
      test: BATCHES,
      name: 'is told when it is offered, once, and with what its tasks have in common',
    },
  },
  {
    id: 'R291',
    text: 'Tests of the test phase have to fail, and are told to do so as expected.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R292',
    text: 'Integration tests come from the scenarios of quickstart.md and say so.',
    assistant: "what a test is taken from is the assistant's; next_task lists the document.",
  },
  {
    id: 'R293',
    text: 'No code comes before its tests.',
    shown: { test: HISTORY, name: 'moves along the way of its kind' },
  },
  {
    id: 'R294',
    text: '[P] tasks run side by side on different files only.',
    shown: { test: ORDER, name: 'a later task of the phase waits, even when both are [P]' },
  },
  {
    id: 'R295',
    text: 'Tests written ahead fail until their code is there, and count as no failure.',
    shown: {
      test: HISTORY,
      name: 'known owed tests and those of tasks in progress, and nothing else',
    },
  },
  {
    id: 'R296',
    text: 'Integration tests cover the scenarios of quickstart.md.',
    assistant: 'whether they do is read, not run; next_task lists the document.',
  },
  {
    id: 'R297',
    text: 'Models, services and endpoints are written to make the tests pass.',
    shown: { test: LOOP, name: 'finishes a feature, and the plan changes in its marks alone' },
  },
  {
    id: 'R298',
    text: 'A task tells which tests pass because of it.',
    shown: {
      test: DEMO,
      name: 'ends with owed tests green, the feature valid and the evidence verified',
    },
  },
  {
    id: 'R299',
    text: 'A contract test that turns green is told with the task.',
    shown: {
      test: DEMO,
      name: 'ends with owed tests green, the feature valid and the evidence verified',
    },
  },
  {
    ids: 'R300–R301',
    text: 'At the end of Core the contract and integration tests that pass are counted.',
    shown: {
      test: GROUPS,
      name: 'are counted when a phase that builds is over, and in the report',
    },
  },
  {
    id: 'R302',
    text: 'A service waits for the models that it depends on.',
    shown: { test: ORDER, name: 'a task waits for its dependency' },
  },
  {
    id: 'R303',
    text: 'The contract tests that failed have to pass in the end.',
    shown: { test: GROUPS, name: 'have to pass before the feature is validated' },
  },
  {
    id: 'R304',
    text: 'Tasks on one file run one after another, marked [P] or not.',
    shown: { test: ORDER, name: 'a later task of the phase waits, even when both are [P]' },
  },
  {
    id: 'R305',
    text: 'Side by side means different files and nothing shared.',
    shown: { test: ORDER, name: 'a task waits for the one that is in work, wherever it stands' },
  },
  {
    id: 'R306',
    text: 'Database, middleware, services and sign-in are wired in the integration phase.',
    assistant:
      'it is the content of the work; the phase comes after Core, and its tasks are proven like any other.',
  },
  {
    id: 'R307',
    text: 'Integration tasks run one after another unless they are marked.',
    shown: { test: ORDER, name: 'a task that is not [P] waits for all earlier ones' },
  },
  {
    id: 'R308',
    text: 'Logging, monitoring and health checks are wired where tasks say so.',
    assistant: 'it is the content of the work.',
  },
  {
    id: 'R309',
    text: 'Polish is unit tests, performance and documentation.',
    shown: {
      test: READING,
      name: 'writes tests ahead in its test phase and covers in its polish phase',
    },
  },
  {
    id: 'R310',
    text: 'Measured performance is told against its target.',
    shown: {
      test: 'test/workflow/outcome.test.ts',
      name: 'is in the report as they printed it, with the targets that they name, and nothing else is',
    },
  },
  {
    id: 'R311',
    text: 'Performance tests look at what spec.md asks for.',
    assistant:
      'what to measure is read from spec.md by the assistant; a named check of the settings runs it.',
  },
  {
    id: 'R312',
    text: 'Documentation tasks write the reference from contracts and code.',
    assistant:
      'it is the content of the work; the server sees that the named file is there and not empty.',
  },
]
