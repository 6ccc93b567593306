"""Reports a pytest run while it is in progress. pytest loads it with `-p redgreen_pytest`."""

import os

import pytest
from redgreen_report import clean, message_of, open_report, reason_of, requested_names
from redgreen_sources import use_checkout

use_checkout()

write = None
requested = None
locations = {}
load_errors = {}
# The root folder, if pytest-xdist runs the tests in other processes.
distributed = None
failed_in_workers = set()


# Single files do not measure coverage, which would fail runs whose tests all passed, and they run in this process.
single = os.environ.pop("REDGREEN_SINGLE", None) is not None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config, args):
    has = early_config.pluginmanager.hasplugin
    known = early_config.known_args_namespace
    if hasattr(known, "cov_report"):
        # Reports would be written into the project.
        known.cov_report = {}
    if not single:
        return
    if hasattr(known, "no_cov"):
        known.cov_source = []
        known.no_cov = True
    if has("xdist"):
        args.extend(["-n", "0"])


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    global write, requested, distributed
    # A worker of pytest-xdist sends its results to the main process, which writes the report.
    write = (lambda **event: None) if hasattr(config, "workerinput") else open_report()
    requested = requested_names()
    if config.pluginmanager.hasplugin("dsession") or getattr(config.option, "tx", None):
        distributed = str(config.rootpath)
    write(ev="run-start", runner="pytest", version=pytest.__version__)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if requested is None:
        return
    others = [item for item in items if clean(name_of(item)) not in requested]
    items[:] = [item for item in items if clean(name_of(item)) in requested]
    if others:
        config.hook.pytest_deselected(items=others)


def pytest_collection_finish(session):
    files = {}
    for item in session.items:
        locations[item.nodeid] = (file_of(item), name_of(item))
        files.setdefault(file_of(item), []).append({"key": item.nodeid, "name": name_of(item)})
    for file, tests in files.items():
        write(ev="file", file=file, tests=tests)
        load_errors.setdefault(file, [])


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    report = (yield).get_result()
    if report.failed:
        error = getattr(getattr(report, "longrepr", None), "reprcrash", None)
        text = error.message if error else str(report.longrepr)
        load_errors.setdefault(file_of(collector), []).append(error_lines(text)[:4000])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node, ids):
    """With pytest-xdist, only the workers collect tests."""
    root = str(node.config.rootpath)
    files = {}
    for nodeid in ids:
        if nodeid in locations:
            continue
        path, *parts = nodeid.split("::")
        file, name = os.path.join(root, path), " > ".join(parts)
        locations[nodeid] = (file, name)
        files.setdefault(file, []).append({"key": nodeid, "name": name})
    for file, tests in files.items():
        write(ev="file", file=file, tests=tests)
        load_errors.setdefault(file, [])


def pytest_collectreport(report):
    """Reports what a worker of pytest-xdist could not load. Without workers, the collector has reported it."""
    if report.failed and distributed and report.nodeid not in failed_in_workers:
        failed_in_workers.add(report.nodeid)
        file = os.path.join(distributed, report.nodeid.split("::")[0])
        load_errors.setdefault(file, []).append(error_lines(str(report.longrepr))[:4000])


def pytest_runtest_logstart(nodeid, location):
    file, name = locate(nodeid)
    write(ev="test-start", file=file, key=nodeid, name=name)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if call.excinfo is not None and report.failed:
        failure = [reason_of(call.excinfo.type), message_of(call.excinfo.value)]
        report.user_properties = list(report.user_properties) + [("redgreen", failure)]


def pytest_runtest_logreport(report):
    file, name = locate(report.nodeid)
    if report.when == "teardown" and report.failed:
        write(ev="hook-error", file=file, message=failure_of(report)[1])
    # If the set-up passed, the result of the test is the result of its call.
    if report.when != "call" and not (report.when == "setup" and report.outcome != "passed"):
        return
    test = dict(ev="test", file=file, key=report.nodeid, name=name)
    if report.outcome != "failed":
        write(**test, state=report.outcome)
        return
    reason, message = failure_of(report)
    write(**test, state="failed", reason="hook" if report.when == "setup" else reason, message=message)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    for file, errors in load_errors.items():
        write(ev="file-end", file=file, errors=errors)
    # 0: all passed, 1: some failed, 2: load errors or interrupted, 5: no tests.
    has_load_errors = any(load_errors.values())
    if int(exitstatus) in (0, 1, 5) or (int(exitstatus) == 2 and has_load_errors):
        write(ev="run-end", unhandled=[])


def failure_of(report):
    failures = [value for key, value in report.user_properties if key == "redgreen"]
    if failures:
        return failures[0]
    text = str(report.longrepr)
    # A strict `xfail` test that passed has no exception.
    return ["assertion" if "XPASS" in text else "error", text[:4000]]


def locate(nodeid):
    return locations.get(nodeid, (nodeid.split("::")[0], " > ".join(nodeid.split("::")[1:])))


def file_of(node):
    path = getattr(node, "path", None) or getattr(node, "fspath", "")
    return str(path)


def name_of(item):
    chain = item.listchain()
    modules = [at for at, node in enumerate(chain) if isinstance(node, pytest.Module)]
    inner = chain[modules[-1] + 1 :] if modules else chain[-1:]
    return " > ".join(node.name for node in inner if node.name != "()")


def error_lines(text):
    """The lines of a traceback that name the error, without the code around them."""
    lines = [line[1:].strip() for line in text.splitlines() if line.startswith("E ")]
    # A syntax error begins with its place, and ends with what it is.
    if lines and lines[0].startswith("File "):
        lines = lines[-1:] + lines[:-1]
    return "\n".join(lines) if lines else text
