"""Lets tests in a temporary checkout import the checkout's own modules instead of those of the workspace that it was made from.

An installation of the workspace itself (`pip install -e .`) adds the folders of the workspace to the path.
"""

import importlib
import importlib.util
import os
import sys

INSTALLED = {"site-packages", "dist-packages", ".venv", "venv", "env", ".tox", ".nox", "node_modules"}


def use_checkout():
    """Replaces places of the workspace by those of the checkout, before a test is loaded. Returns the replaced ones."""
    workspace = os.environ.pop("REDGREEN_WORKSPACE", None)
    root = os.environ.pop("REDGREEN_CHECKOUT", None)
    if workspace is None or root is None:
        return []
    replaced = []

    def moved(place):
        relative = place_in(workspace, place)
        if relative is None:
            return place
        replaced.append(relative)
        return os.path.normpath(os.path.join(root, relative))

    sys.path[:] = [moved(place) if place else place for place in sys.path]
    for mapping in mappings():
        for name, place in list(mapping.items()):
            if isinstance(place, str):
                mapping[name] = moved(place)
    importlib.invalidate_caches()
    return replaced


def mappings():
    """The tables of editable installations: modules with their places."""
    for finder in sys.meta_path:
        module = sys.modules.get(getattr(finder, "__module__", None) or "")
        mapping = getattr(module, "MAPPING", None)
        if isinstance(mapping, dict):
            yield mapping


def place_in(workspace, place):
    """The path relative to the workspace; `None` if it is outside of it, or an installed dependency."""
    real = os.path.realpath(place)
    workspace = os.path.realpath(workspace)
    if real != workspace and not real.startswith(workspace + os.sep):
        return None
    relative = os.path.relpath(real, workspace)
    return None if INSTALLED.intersection(relative.split(os.sep)) else relative


def folders_in(top, depth=4):
    """The folder and those below it that may hold modules."""
    yield top
    try:
        entries = [entry for entry in os.scandir(top) if depth > 0 and entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for entry in entries:
        if entry.name.isidentifier() and entry.name not in INSTALLED:
            yield from folders_in(entry.path, depth - 1)


def modules_in(folder):
    """The modules and packages in a folder."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        path = os.path.join(folder, name)
        base, extension = os.path.splitext(name)
        if extension == ".py" and base.isidentifier():
            yield base
        elif name.isidentifier() and name not in INSTALLED and os.path.isdir(path):
            if any(entry.endswith(".py") for entry in os.listdir(path)):
                yield name


def probe(cwd):
    """Prints the checkout's folders that modules are imported from, and the modules that still come from the workspace."""
    workspace = os.environ.get("REDGREEN_WORKSPACE", "")
    root = os.environ.get("REDGREEN_CHECKOUT", "")
    mapped = [name for mapping in mappings() for name in mapping]
    places = [os.path.dirname(place) for mapping in mappings() for place in mapping.values() if isinstance(place, str)]
    relative = [place_in(workspace, place) for place in sys.path + places if place]
    relative = list(dict.fromkeys(place for place in relative if place is not None))
    folders = [os.path.normpath(os.path.join(root, place)) for place in relative]
    if os.environ.get("REDGREEN_REMAP"):
        use_checkout()
    sys.path[:0] = folders
    importlib.invalidate_caches()
    names = set(mapped)
    for folder in folders + [os.path.join(workspace, place) for place in relative] + list(folders_in(cwd)):
        names.update(modules_in(folder))
    outside = [name for name in sorted(names)[:1000] if comes_from(workspace, name)]
    for kind, places in (("folder", folders), ("outside", outside)):
        for place in places:
            print("redgreen %s %s" % (kind, place))


def comes_from(workspace, name):
    try:
        spec = importlib.util.find_spec(name)
    except Exception:
        return False
    if spec is None:
        return False
    places = [spec.origin] if spec.origin and os.path.isabs(spec.origin) else spec.submodule_search_locations or []
    return any(place_in(workspace, place) is not None for place in places)
