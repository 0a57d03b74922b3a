"""Runs a command against a temporary PostgreSQL: `python tests/postgres.py -- command…`.

Knows where the binaries are, under which account they may run (`initdb` refuses root) and how the
server is ended whatever happens to the command. The command finds the server in `DATABASE_URL`. The
server listens on no network address, only on a socket in its own temporary folder.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ACCOUNT = "nobody"
START_SECONDS = 60
# Nothing here must outlive the run, so nothing waits for the disk.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")


def find_binaries():
    """Return the folder that holds `initdb` and `postgres`, newest version first, or None."""
    versioned = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(versioned, key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    for folder in [*candidates, *newest_first]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


def as_server_account(command):
    """Return `command` so that it runs under an account that PostgreSQL accepts."""
    if os.geteuid() != 0:
        return command
    drop = ["setpriv", f"--reuid={ACCOUNT}", f"--regid={pwd.getpwnam(ACCOUNT).pw_gid}"]
    return [*drop, "--clear-groups", *command]


@contextlib.contextmanager
def server(binaries):
    """Start a fresh server and yield the address of its database; stop it and remove its folder."""
    # Not below TMPDIR: that may be closed to the server's account, or too long for a socket's path.
    folder = Path(tempfile.mkdtemp(prefix="youju-pg-", dir="/tmp"))
    process = None
    try:
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam(ACCOUNT).pw_uid, pwd.getpwnam(ACCOUNT).pw_gid)
        initialise(binaries, folder)
        process = start(binaries, folder)
        yield f"postgres://youju@/postgres?host={folder}"
    finally:
        if process:
            stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def initialise(binaries, folder):
    """Make an empty cluster in `folder`, as UTF-8 as a production database is."""
    command = [binaries / "initdb", "--pgdata", folder / "data", "--username=youju"]
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(
        as_server_account([*command, *options]), cwd=folder, stdout=subprocess.DEVNULL, check=True
    )


def start(binaries, folder):
    """Start the server and return its process once it accepts connections."""
    settings = [f"unix_socket_directories={folder}", "listen_addresses=", *SETTINGS]
    command = [binaries / "postgres", "-D", folder / "data"]
    for setting in settings:
        command += ["-c", setting]
    with (folder / "log").open("wb") as log:
        # A session of its own: an interrupt from the keyboard reaches the tests, and the server is
        # there until they have ended.
        process = subprocess.Popen(
            as_server_account(command),
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_ready(process, folder)
    except BaseException:
        stop(process)
        raise
    return process


def wait_until_ready(process, folder):
    """Return when the server's own status file says that it is ready; fail with its log."""
    status = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            if status.read_text().rstrip().endswith("ready"):
                return
        time.sleep(0.05)
    raise SystemExit(f"PostgreSQL 没有启动：\n{(folder / 'log').read_text()}")


def stop(process):
    """Ask the server for a fast shutdown; after ten seconds end it."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def run(command, url):
    """Run `command` with the database's address; return its exit code, also when interrupted."""
    child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
    while True:
        try:
            code = child.wait()
            return code if code >= 0 else 128 - code  # ended by a signal: as a shell tells it
        except KeyboardInterrupt:
            continue  # the keyboard has interrupted the child as well: let it tidy up
        except SystemExit:
            child.terminate()


def main(arguments):
    """Run the command that follows `--`; without binaries say so, which is a failure only in CI."""
    if arguments[:1] != ["--"] or len(arguments) < 2:
        raise SystemExit("用法：python tests/postgres.py -- 命令…")
    binaries = find_binaries()
    if binaries is None:
        sys.stdout.write("没有找到 PostgreSQL（initdb、postgres），跳过 PostgreSQL 上的测试。\n")
        return 1 if os.environ.get("CI") == "true" else 0
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    with server(binaries) as url:
        return run(arguments[1:], url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
