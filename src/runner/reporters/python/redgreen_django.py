"""Reports a run of Django's own test runner. `manage.py test --testrunner=redgreen_django.RedgreenRunner` loads it."""

import os
import re
import sys
import unittest

import django
from django.conf import settings
from django.test.utils import get_runner
from redgreen_cases import Result, tests_in, write
from redgreen_report import clean, message_of, requested_names
from redgreen_sources import use_checkout

use_checkout()
requested = requested_names()
load_errors = {}


def file_of(module):
    """The file of a module, whether it could be imported or not."""
    known = getattr(sys.modules.get(module), "__file__", None)
    path = os.path.join(os.getcwd(), *module.split("."))
    return known or (path + ".py" if os.path.exists(path + ".py") else os.path.join(path, "__init__.py"))


class DjangoResult(Result):
    def startTest(self, test):
        self.file = file_of(type(test).__module__)
        super().startTest(test)

    def write_result(self, test, state, **failure):
        if isinstance(test, unittest.suite._ErrorHolder):
            # A failed set-up of a class or module: `setUpClass (shop.tests.TestShop)`.
            module = re.sub(r"^.*\(|\).*$", "", test.description)
            while module and module not in sys.modules:
                module = module.rpartition(".")[0]
            self.file = file_of(module) if module else self.file
        super().write_result(test, state, **failure)


class RedgreenRunner(get_runner(settings)):
    def get_resultclass(self):
        return DjangoResult

    def build_suite(self, *args, **kwargs):
        write(ev="run-start", runner="django test", version=django.get_version())
        suite = super().build_suite(*args, **kwargs)
        names = Result(unittest.runner._WritelnDecorator(sys.stderr), True, 0)
        chosen = []
        for test in tests_in(suite):
            if isinstance(test, unittest.loader._FailedTest):
                error = getattr(test, "_exception", None)
                cause = error.__cause__ or error.__context__ or error if error else None
                text = error_line(str(error)) if error else "The file could not be loaded."
                file = file_of(test._testMethodName)
                load_errors.setdefault(file, []).append(message_of(cause) if cause is not error else text)
                continue
            load_errors.setdefault(file_of(type(test).__module__), [])
            if requested is None or clean(names.name(test)) in requested:
                chosen.append(test)
        for file in load_errors:
            write(ev="file", file=file, tests=[])
        return self.test_suite(chosen)

    def suite_result(self, suite, result, **kwargs):
        failed = super().suite_result(suite, result, **kwargs)
        for file, errors in load_errors.items():
            write(ev="file-end", file=file, errors=errors)
        write(ev="run-end", unhandled=[])
        return failed + sum(len(errors) for errors in load_errors.values())


def error_line(text):
    """The line of a traceback that names the error."""
    lines = [line for line in text.splitlines() if re.match(r"[\w.]*(Error|Exception|Warning)\b", line)]
    return lines[-1] if lines else text[:4000]
