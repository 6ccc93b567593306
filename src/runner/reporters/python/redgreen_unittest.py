"""Runs unittest files and reports the run while it is in progress: `redgreen_unittest.py [FILE ...]`. Without files, runs all."""

import importlib
import os
import platform
import sys
import traceback
import unittest

from redgreen_cases import Result, tests_in, write
from redgreen_report import clean, message_of, requested_names
from redgreen_sources import use_checkout

requested = requested_names()
# Tests import modules from the project's folder and not from the folder of this file.
sys.path[0] = os.getcwd()
use_checkout()
IGNORED_FOLDERS = {"node_modules", "venv", "env", "build", "dist", "__pycache__", "site-packages"}


def files_below(folder):
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in IGNORED_FOLDERS and not f.startswith("."))
        for file in sorted(files):
            if file.startswith("test") and file.endswith(".py"):
                yield os.path.join(path, file)


def module_of(file):
    """Imports a file by its dotted name below the working directory, like `python -m unittest`."""
    parts = os.path.relpath(os.path.splitext(file)[0], os.getcwd()).split(os.sep)
    if all(part.isidentifier() for part in parts):
        return importlib.import_module(".".join(parts))
    sys.path.insert(0, os.path.dirname(file))
    return importlib.import_module(parts[-1])


def load(file, result):
    try:
        suite = unittest.defaultTestLoader.loadTestsFromModule(module_of(file))
    except unittest.SkipTest:
        return unittest.TestSuite(), []
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        traceback.print_exc()
        return unittest.TestSuite(), [message_of(error)]
    if requested is None:
        return suite, []
    chosen = [test for test in tests_in(suite) if clean(result.name(test)) in requested]
    return unittest.TestSuite(chosen), []


def main():
    write(ev="run-start", runner="unittest", version=platform.python_version())
    stream = unittest.runner._WritelnDecorator(sys.stderr)
    result = Result(stream, True, 2)
    has_load_errors = False
    for file in sys.argv[1:] or files_below(os.getcwd()):
        result.file = file
        write(ev="file", file=file, tests=[])
        suite, errors = load(file, result)
        suite.run(result)
        write(ev="file-end", file=file, errors=errors)
        has_load_errors = has_load_errors or bool(errors)
    result.printErrors()
    write(ev="run-end", unhandled=[])
    sys.exit(0 if result.wasSuccessful() and not has_load_errors else 1)


if __name__ == "__main__":
    main()
