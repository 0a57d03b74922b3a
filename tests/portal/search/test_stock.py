"""The search library's own tests pass with our backend wherever they pass with the library's."""

import json
import subprocess
import sys


def outcome(kind):
    """Return what the library's tests say of one backend, run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.portal.search.stockrun", kind],
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)


def test_every_test_of_the_library_passes_with_ours_though_not_with_its_own():
    ours, stock = outcome("ours"), outcome("stock")
    assert (ours, stock["ran"]) == ({"ran": 120, "failed": []}, 120)
    assert stock["failed"] != []
