"""How the house connects: from DATABASE_URL to Django's entry for SQLite or PostgreSQL.

Hides what each needs so that writers wait for each other, nothing hangs for ever, a lost connection
is replaced, and questions are planned for tables as large as they have become.
"""

from django.core.exceptions import ImproperlyConfigured

_SQLITE = {
    # A writer takes the lock when its transaction starts, so two writers wait for each other
    # (up to `timeout` seconds) where a late upgrade of the lock would fail at once.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}

# Rows written at once from which on the database is told that its tables have grown.
MANY = 1000


def connection_of(env, *, default, folder):
    """Return Django's entry for the database that the environment names, `default` when it names none.

    A relative path of SQLite lies in `folder`, wherever the process was started. Raises
    ImproperlyConfigured for an address of SQLite without a file.
    """
    address = env("DATABASE_URL", default=default)
    entry = env.db_url_config(address)
    if entry["ENGINE"] != "django.db.backends.sqlite3":
        return _with_pool(env, entry)
    if entry["NAME"] != ":memory:":
        entry["NAME"] = str(folder / entry["NAME"])
    elif not address.endswith(":memory:"):
        raise ImproperlyConfigured(
            f"DATABASE_URL（{address}）没有写明数据库文件。应为 sqlite:///相对路径 或 sqlite:////绝对路径。"
        )
    entry["OPTIONS"] = dict(_SQLITE)
    return entry


def _with_pool(env, entry):
    # A connection that died in the pool (the server was started anew) is replaced, not given out.
    entry["CONN_HEALTH_CHECKS"] = True
    said = entry.get("OPTIONS", {})
    # A hanging statement ends with an error instead of holding its reader for ever; a wait for a lock
    # ends first, so that the desk can say what it waited for.
    patience = env.int("DATABASE_STATEMENT_TIMEOUT", default=30_000)
    timeout = f"-c statement_timeout={patience} -c lock_timeout={patience * 5 // 6}"
    entry["OPTIONS"] = {
        "connect_timeout": 5,
        # What the address itself says (?sslmode=, ?host=) stays.
        **said,
        "pool": {
            "min_size": env.int("DATABASE_POOL_MIN", default=2),
            "max_size": env.int("DATABASE_POOL_MAX", default=10),
            # While the database is away a reader is told so after this many seconds, and the pool
            # gives its attempts up as soon, because it makes ever longer pauses between them.
            "timeout": 3,
            "reconnect_timeout": 3,
        },
        "options": " ".join(filter(None, [said.get("options"), timeout])),
    }
    return entry


def learn_sizes(*models):
    """Let PostgreSQL look at tables into which many rows were just written, in the same transaction.

    By itself it looks about a minute after the commit; until then it plans as if they were empty, and a
    reader's question may run into its time limit. SQLite needs nothing.
    """
    from django.db import connection

    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")
