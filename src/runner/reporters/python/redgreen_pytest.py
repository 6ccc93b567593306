"""Tells what pytest runs, while it runs it. Loaded with `-p redgreen_pytest`."""

import pytest
from redgreen_report import clean, message_of, open_report, reason_of, wanted_names

put = None
wanted = None
names = {}
ended = {}


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    # A threshold of coverage is no test: it would make good runs bad.
    if getattr(early_config.known_args_namespace, "cov_source", None):
        early_config.known_args_namespace.cov_source = []


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    global put, wanted
    # A worker of pytest-xdist reports to the first process, which reports to us.
    put = (lambda **event: None) if hasattr(config, "workerinput") else open_report()
    wanted = wanted_names()
    put(ev="run-start", runner="pytest", version=pytest.__version__)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if wanted is None:
        return
    out = [item for item in items if clean(name_of(item)) not in wanted]
    items[:] = [item for item in items if clean(name_of(item)) in wanted]
    if out:
        config.hook.pytest_deselected(items=out)


def pytest_collection_finish(session):
    files = {}
    for item in session.items:
        names[item.nodeid] = (file_of(item), name_of(item))
        files.setdefault(file_of(item), []).append({"key": item.nodeid, "name": name_of(item)})
    for file, tests in files.items():
        put(ev="file", file=file, tests=tests)
        ended.setdefault(file, [])


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    report = (yield).get_result()
    if report.failed:
        error = getattr(getattr(report, "longrepr", None), "reprcrash", None)
        text = error.message if error else str(report.longrepr)
        ended.setdefault(file_of(collector), []).append(words_of(text)[:4000])


def pytest_runtest_logstart(nodeid, location):
    file, name = place_of(nodeid)
    put(ev="test-start", file=file, key=nodeid, name=name)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if call.excinfo is not None and report.failed:
        failure = [reason_of(call.excinfo.type), message_of(call.excinfo.value)]
        report.user_properties = list(report.user_properties) + [("redgreen", failure)]


def pytest_runtest_logreport(report):
    file, name = place_of(report.nodeid)
    if report.when == "teardown" and report.failed:
        put(ev="hook-error", file=file, message=failure_of(report)[1])
    # A test that was set up is told by its call alone.
    if report.when != "call" and not (report.when == "setup" and report.outcome != "passed"):
        return
    test = dict(ev="test", file=file, key=report.nodeid, name=name)
    if report.outcome != "failed":
        put(**test, state=report.outcome)
        return
    reason, message = failure_of(report)
    put(**test, state="failed", reason="hook" if report.when == "setup" else reason, message=message)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    for file, errors in ended.items():
        put(ev="file-end", file=file, errors=errors)
    # 0 and 1 are ends of tests, 2 is a broken or interrupted collection, 5 is that there were none.
    broken = [errors for errors in ended.values() if errors]
    if int(exitstatus) in (0, 1, 5) or (int(exitstatus) == 2 and broken):
        put(ev="run-end", unhandled=[])


def failure_of(report):
    told = [value for key, value in report.user_properties if key == "redgreen"]
    if told:
        return told[0]
    text = str(report.longrepr)
    # An expected failure that did not fail.
    return ["assertion" if "XPASS" in text else "error", text[:4000]]


def place_of(nodeid):
    return names.get(nodeid, (nodeid.split("::")[0], " > ".join(nodeid.split("::")[1:])))


def file_of(node):
    path = getattr(node, "path", None) or getattr(node, "fspath", "")
    return str(path)


def name_of(item):
    chain = item.listchain()
    modules = [at for at, node in enumerate(chain) if isinstance(node, pytest.Module)]
    inner = chain[modules[-1] + 1 :] if modules else chain[-1:]
    return " > ".join(node.name for node in inner if node.name != "()")


def words_of(text):
    """The line of a traceback that names the error; the lines around it show code."""
    lines = [line[1:].strip() for line in text.splitlines() if line.startswith("E ")]
    return "\n".join(lines) if lines else text
