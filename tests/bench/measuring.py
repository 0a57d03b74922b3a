"""Stopwatch, memory and percentiles. Times are what the clock on the wall says, on a machine as it is."""

import io
import math
import resource
import sys
import time
from itertools import count
from wsgiref.util import setup_testing_defaults

from django.db import connection

REQUESTS_AT_LEAST = 50
REQUESTS_AT_MOST = 1000
SECONDS_A_PAGE = 1.5
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
_readers = count(1)


def peak_bytes():
    """Return the most memory that this process has had so far; it never falls."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT


def seconds(work):
    """Return what `work()` returns, and how many seconds it took."""
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


def percentile(sorted_values, share):
    """Return the smallest value that at least `share` of the values do not exceed (nearest rank)."""
    return sorted_values[math.ceil(len(sorted_values) * share) - 1]


def _another_reader():
    """Return an address that has not asked yet, so that no limit of requests ends a measurement."""
    number = next(_readers)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def ask(application, path, query=""):
    """Send one GET through the WSGI application, as gunicorn would, and return its body."""
    environ = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": _another_reader(),
        "wsgi.input": io.BytesIO(),
    }
    setup_testing_defaults(environ)
    statuses = []
    response = application(environ, lambda status, headers, error=None: statuses.append(status))
    try:
        body = b"".join(response)
    finally:
        response.close()
    if statuses != ["200 OK"]:
        raise SystemExit(f"{path}?{query}：{statuses}")
    return body


def queries_of(work):
    """Return how many statements `work()` sends to the database."""
    sent = []

    def count(execute, sql, *args):
        sent.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(count):
        work()
    return len(sent)


def page_figures(application, path, query=""):
    """Ask for one page again and again, one request after the other, and return its figures.

    The first request, which makes pictures' renditions and fills Django's own small caches (templates,
    the site's address), is not among them; nothing in the house keeps a finished page or a part of one.
    """
    ask(application, path, query)
    queries = queries_of(lambda: ask(application, path, query))
    times, began = [], time.perf_counter()
    while len(times) < REQUESTS_AT_LEAST or (
        len(times) < REQUESTS_AT_MOST and time.perf_counter() - began < SECONDS_A_PAGE
    ):
        body, took = seconds(lambda: ask(application, path, query))
        times.append(took)
    ordered = sorted(times)
    return {
        "rate": len(times) / sum(times),
        "p50": 1000 * percentile(ordered, 0.5),
        "p99": 1000 * percentile(ordered, 0.99),
        "queries": queries,
        "bytes": len(body),
    }


def stream_figures(application, path, query=""):
    """Ask for one streamed file: seconds to its first byte and to its last, bytes, rows, memory above idle."""
    environ = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
    }
    setup_testing_defaults(environ)
    statuses = []
    idle, began = peak_bytes(), time.perf_counter()
    response = application(environ, lambda status, headers, error=None: statuses.append(status))
    first, size, rows = None, 0, 0
    try:
        for part in response:
            first = first or time.perf_counter() - began
            size += len(part)
            rows += part.count(b"\n")
    finally:
        response.close()
    if statuses != ["200 OK"]:
        raise SystemExit(f"{path}?{query}：{statuses}")
    return {
        "first": first,
        "seconds": time.perf_counter() - began,
        "bytes": size,
        "rows": rows,
        "megabytes": (peak_bytes() - idle) / 1024 / 1024,
    }
