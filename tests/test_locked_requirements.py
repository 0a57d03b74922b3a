"""The locks fit pyproject.toml, checked without a network: against what they say and what they installed."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)
RUNTIME = PROJECT["project"]["dependencies"]
DEVELOPMENT = RUNTIME + PROJECT["dependency-groups"]["dev"]
LOCKS = [("requirements.txt", RUNTIME), ("requirements-dev.txt", DEVELOPMENT)]


def entries(lock):
    """Return {name: (requirement, hashes)} of a lock."""
    found = {}
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        words, *hashes = re.split(r"\s+--hash=", line.strip())
        requirement = Requirement(words)
        found[canonicalize_name(requirement.name)] = (requirement, frozenset(hashes))
    return found


def applies(requirement, extras=()):
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": e}) for e in ("", *extras))


def closure(declared):
    """Return the names that `declared` needs on this machine, itself included, by installed metadata."""
    waiting, seen = [Requirement(line) for line in declared], set()
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        needed = distribution(requirement.name).requires or []
        waiting += [n for n in map(Requirement, needed) if applies(n, requirement.extras)]
    return {name for name, _ in seen}


@pytest.mark.parametrize(("lock", "declared"), LOCKS)
def test_every_declared_version_is_what_the_lock_pins(lock, declared):
    locked = entries(lock)
    unmet = [
        line
        for line in declared
        if not (wanted := Requirement(line)).specifier.contains(
            next(iter(locked[canonicalize_name(wanted.name)][0].specifier)).version
        )
    ]
    assert unmet == []


@pytest.mark.parametrize(("lock", "declared"), LOCKS)
def test_the_lock_holds_all_that_is_needed_and_nothing_else(lock, declared):
    here = {name for name, (requirement, _) in entries(lock).items() if applies(requirement)}
    assert here == closure(declared)


@pytest.mark.parametrize(("lock", "declared"), LOCKS)
def test_every_line_is_pinned_and_hashed_and_names_no_host(lock, declared):
    loose = [
        name
        for name, (requirement, hashes) in entries(lock).items()
        if [s.operator for s in requirement.specifier] != ["=="] or not hashes or requirement.url
    ]
    assert loose == []
    assert re.findall(r"://|--(?:index|extra-index|find-links)\S*", (ROOT / lock).read_text()) == []


def test_the_development_lock_pins_the_runtime_as_the_runtime_lock_does():
    development = entries("requirements-dev.txt")
    runtime = entries("requirements.txt")
    assert {name: (str(development[name][0]), development[name][1]) for name in runtime} == {
        name: (str(requirement), hashes) for name, (requirement, hashes) in runtime.items()
    }


def test_every_dependency_says_why_it_is_there():
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", PYPROJECT, re.MULTILINE | re.DOTALL)
    unexplained = []
    for block in lists:
        explained = False
        for line in map(str.strip, block.splitlines()):
            if not line:
                explained = False
            elif line.startswith("#"):
                explained = True
            elif not explained:
                unexplained.append(line)
    assert (len(lists), unexplained) == (2, [])
