"""Pages that know no story: is the process alive, can it serve, and the error pages."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.parameters import BadParameter

PLAIN = "text/plain; charset=utf-8"


@never_cache
@require_safe
def healthz(request):
    """Answer 200 while the process runs; asks nothing else."""
    return HttpResponse("ok\n", content_type=PLAIN)


@never_cache
@require_safe
def readyz(request):
    """Answer 200 when the database answers and every migration is applied, 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return HttpResponse("数据库无法连接\n", status=503, content_type=PLAIN)
    if waiting:
        return HttpResponse(f"有 {len(waiting)} 个迁移未执行\n", status=503, content_type=PLAIN)
    return HttpResponse("ok\n", content_type=PLAIN)


def bad_request(request, exception):
    """Say what was wrong with the address where a view of ours refused it, and no more otherwise."""
    reason = str(exception) if isinstance(exception, BadParameter) else ""
    return render(request, "400.html", {"reason": reason}, status=400)


def page_not_found(request, exception):
    """Show ways on from an address that leads nowhere."""
    return render(request, "404.html", status=404)


def permission_denied(request, exception):
    """Say that this page is not for this account."""
    return render(request, "403.html", status=403)


def server_error(request):
    """Show a page that asks neither the database nor the session, which may be what failed."""
    return render(None, "500.html", status=500)
