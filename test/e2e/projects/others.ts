import { threeTasks, type Shape } from './shape.ts'

const python = (index: number) => (value: string) => `def f${index}():\n    return ${value}\n`
const pythonTest = (index: number, module: string) =>
  `from ${module} import f${index}\n\n\ndef test_f${index}():\n    assert f${index}() == ${index}\n`

const rust = (index: number) => (value: string) => `pub fn f${index}() -> i32 {\n    ${value}\n}\n`
const go = (index: number) => (value: string) =>
  `package pkg${index}\n\nfunc F${index}() int {\n\treturn ${value}\n}\n`

/** Tasks of a Python package below `src`. */
const SRC_LAYOUT = threeTasks(index => ({
  code: `src/app/f${index}.py`,
  test: `tests/test_f${index}.py`,
  text: pythonTest(index, `app.f${index}`),
  source: python(index),
}))

export const others: Shape[] = [
  {
    name: 'pytest with a coverage threshold',
    modules: [],
    python: ['pytest', 'pytest_cov'],
    byHand: ['.venv/bin/python', '-m', 'pytest'],
    files: {
      'pyproject.toml':
        '[tool.pytest.ini_options]\naddopts = "--cov=app --cov-fail-under=90"\npythonpath = ["."]\n',
      'app/__init__.py': '',
    },
    tasks: threeTasks(index => ({
      code: `app/f${index}.py`,
      test: `tests/test_f${index}.py`,
      text: pythonTest(index, `app.f${index}`),
      source: python(index),
    })),
  },
  {
    name: 'pytest with xdist and its own pattern',
    modules: [],
    python: ['pytest', 'xdist'],
    byHand: ['.venv/bin/python', '-m', 'pytest'],
    files: {
      'pytest.ini': '[pytest]\naddopts = -n auto\npython_files = check_*.py\npythonpath = .\n',
      'app/__init__.py': '',
    },
    tasks: threeTasks(index => ({
      code: `app/f${index}.py`,
      test: `checks/check_f${index}.py`,
      text: pythonTest(index, `app.f${index}`),
      source: python(index),
    })),
  },
  {
    name: 'src layout of Python',
    modules: [],
    python: ['pytest'],
    byHand: ['.venv/bin/python', '-m', 'pytest'],
    files: {
      'pyproject.toml': '[tool.pytest.ini_options]\npythonpath = ["src"]\n',
      'src/app/__init__.py': '',
    },
    tasks: SRC_LAYOUT,
  },
  {
    name: 'src layout of Python with an editable install',
    modules: [],
    python: ['pytest'],
    editable: true,
    byHand: ['.venv/bin/python', '-m', 'pytest'],
    files: {
      'pyproject.toml':
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n' +
        '[project]\nname = "app"\nversion = "1.0"\n\n[tool.setuptools.packages.find]\nwhere = ["src"]\n',
      'src/app/__init__.py': '',
    },
    tasks: SRC_LAYOUT,
  },
  {
    name: 'Django',
    modules: [],
    python: ['pytest', 'django'],
    byHand: ['.venv/bin/python', 'manage.py', 'test'],
    files: {
      'manage.py':
        "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n" +
        'from django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n',
      'settings.py':
        "SECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\nDEFAULT_AUTO_FIELD = 'django.db.models.AutoField'\n" +
        "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}\n",
      'shop/__init__.py': '',
      'shop/models.py':
        'from django.db import models\n\n\nclass Item(models.Model):\n    name = models.CharField(max_length=9)\n',
      'shop/tests/__init__.py': '',
    },
    tasks: threeTasks(index => ({
      code: `shop/f${index}.py`,
      test: `shop/tests/test_f${index}.py`,
      text:
        `from django.test import TestCase\nfrom shop.f${index} import f${index}\nfrom shop.models import Item\n\n\n` +
        `class Test${index}(TestCase):\n    def test_it(self):\n        Item.objects.create(name='a')\n` +
        `        self.assertEqual(f${index}(), Item.objects.count() * ${index})\n`,
      source: python(index),
    })),
  },
  {
    name: 'Go with several modules',
    modules: [],
    programs: ['go'],
    byHand: ['go', 'test', './a/...', './b/...'],
    files: {
      'go.work': 'go 1.19\n\nuse (\n\t./a\n\t./b\n)\n',
      'a/go.mod': 'module example.com/a\n\ngo 1.19\n',
      'b/go.mod': 'module example.com/b\n\ngo 1.19\n',
      'b/old/old_test.go': 'package old\n\nimport "testing"\n\nfunc TestOld(t *testing.T) {}\n',
    },
    tasks: threeTasks(index => {
      const folder = `${index === 2 ? 'b' : 'a'}/pkg${index}`
      return {
        code: `${folder}/f${index}.go`,
        test: `${folder}/f${index}_test.go`,
        text: `package pkg${index}\n\nimport "testing"\n\nfunc TestF${index}(t *testing.T) {\n\tif F${index}() != ${index} {\n\t\tt.Fatal("not ${index}")\n\t}\n}\n`,
        source: go(index),
      }
    }),
  },
  {
    name: 'Rust workspace',
    modules: [],
    programs: ['cargo'],
    byHand: ['cargo', 'test', '--workspace'],
    files: {
      'Cargo.toml':
        '[package]\nname = "root"\nversion = "0.1.0"\nedition = "2021"\n\n[workspace]\nmembers = ["member"]\n',
      'Cargo.lock':
        'version = 3\n\n[[package]]\nname = "member"\nversion = "0.1.0"\n\n[[package]]\nname = "root"\nversion = "0.1.0"\n',
      'src/lib.rs': 'pub mod f1;\npub mod f3;\n',
      'src/f1.rs': rust(1)('0'),
      'src/f3.rs': rust(3)('0'),
      'member/Cargo.toml': '[package]\nname = "member"\nversion = "0.1.0"\nedition = "2021"\n',
      'member/src/lib.rs': 'pub mod f2;\n',
      'member/src/f2.rs': rust(2)('0'),
    },
    tasks: threeTasks(index => {
      const [folder, name] = index === 2 ? ['member/', 'member'] : ['', 'root']
      return {
        code: `${folder}src/f${index}.rs`,
        test: `${folder}tests/f${index}.rs`,
        text: `#[test]\nfn f${index}() {\n    assert_eq!(${name}::f${index}::f${index}(), ${index});\n}\n`,
        source: rust(index),
      }
    }),
  },
  {
    name: 'Ruby with RSpec',
    modules: [],
    programs: ['rspec'],
    byHand: ['rspec'],
    files: {
      '.rspec': '--require spec_helper\n',
      'spec/spec_helper.rb': "$LOAD_PATH.unshift 'lib'\n",
    },
    tasks: threeTasks(index => ({
      code: `lib/f${index}.rb`,
      test: `spec/f${index}_spec.rb`,
      text: `require 'f${index}'\n\nRSpec.describe 'f${index}' do\n  it 'counts' do\n    expect(f${index}).to eq(${index})\n  end\nend\n`,
      source: value => `def f${index}\n  ${value}\nend\n`,
    })),
  },
]
