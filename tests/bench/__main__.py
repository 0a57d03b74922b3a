"""Runs the stages on temporary databases and prints the table: `python -m tests.bench`.

With a stage's name it is that stage's own process, and prints its figures as JSON.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.table import show
from tests.postgres import find_binaries, server

SIZES = (1_000, 10_000)
IMPORTED = 2_000
INSTITUTIONS = 20_000
SCORES = (100_000, 1_000_000)
STORIES_SEARCHED = 50_000
EXPORTED = ("articles", "institutions", "designations", "scores")
# What a developer's shell says must not change what is measured.
FOREIGN = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "MEDIA_ROOT", "BEHIND_PROXY")


def say(words):
    """Tell on the error stream what is being done; the table has standard output for itself."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def command(environment, *arguments):
    """Run a command of the project and return what it prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout


def stage(environment, name, *arguments):
    """Run one stage in a process of its own and return its figures."""
    say(f"  {name} {' '.join(map(str, arguments))}".rstrip())
    return json.loads(command(environment, "-m", "tests.bench", name, *map(str, arguments)))


def measure(environment):
    """Run all stages on an empty database, in order, and return their figures."""
    figures = {"prepare": stage(environment, "prepare")}
    stage(environment, "add_article")
    small, large = SIZES
    stage(environment, "add_stories", 1, small)
    figures[f"pages {small}"] = stage(environment, "pages")
    figures["import"] = stage(environment, "add_stories", small + 1, small + IMPORTED)
    stage(environment, "add_stories", small + IMPORTED + 1, large)
    figures[f"pages {large}"] = stage(environment, "pages")
    figures["roster"] = stage(environment, "import_roster", INSTITUTIONS)
    figures["designations"] = stage(environment, "add_designations")
    figures["register"] = stage(environment, "register_pages")
    for rows in SCORES:
        figures[f"scores {rows}"] = stage(environment, "import_scores", rows)
    figures["export"] = stage(environment, "export_scores", SCORES[-1])
    figures["indices"] = stage(environment, "index_pages")
    figures["charts"] = stage(environment, "charts")
    figures["api"] = stage(environment, "api_pages")
    figures["api files"] = {name: stage(environment, "api_export", name) for name in EXPORTED}
    # Last: from here on the search has 50,000 stories more, and at the end an index that is not ours.
    figures["searched"] = stage(environment, "search_stories", STORIES_SEARCHED)
    for name in ("search_index", "search_queries", "search_stock"):
        figures[name] = stage(environment, name)
    return figures


def environment_in(folder, name, url):
    """Return the environment of the measured processes: the site of `make run`, in `folder`."""
    own = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    return own | {
        "YOUJU_DEV": "1",
        "LOG_LEVEL": "WARNING",
        "YOUJU_VAR": str(folder),
        "MEDIA_ROOT": str(folder / f"media-{name}"),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }


def main():
    """Measure on each database that is there, and print what was found."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    results = {}
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as name:
        folder = Path(name)
        sqlite = environment_in(folder, "sqlite", f"sqlite:///{folder / 'bench.sqlite3'}")
        command(sqlite, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        say("读版、读通知：")
        readers = {name: stage(sqlite, name) for name in ("reader", "notice_reader")}
        say("SQLite：")
        results["SQLite"] = measure(sqlite)
        binaries = find_binaries()
        if binaries is None:
            say("没有找到 PostgreSQL（initdb、postgres），只测 SQLite。")
        else:
            say("PostgreSQL：")
            with server(binaries) as url:
                results["PostgreSQL"] = measure(environment_in(folder, "postgres", url))
    show(results, readers, SIZES, IMPORTED, SCORES)


def run_stage(name, *arguments):
    """Run one stage in this process and print its figures."""
    import django

    django.setup()
    from tests.bench.stages import STAGES

    sys.stdout.write(json.dumps(STAGES[name](*arguments)))


if __name__ == "__main__":
    try:
        run_stage(*sys.argv[1:]) if sys.argv[1:] else main()
    except KeyboardInterrupt:
        sys.exit(130)
