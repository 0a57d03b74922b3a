"""What goes wrong with a question, as problem details (RFC 9457) in Chinese.

Knows the media type and the members of a problem. Hides which exception of Django or REST framework became
which sentence; an error that is our own fault is none of them and goes on as it is.
"""

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse
from rest_framework.exceptions import MethodNotAllowed, Throttled

from portal.api.encoding import encoded
from portal.parameters import BadParameter

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A question that gets no answer: status, sentence, and further members of the problem."""

    def __init__(self, status, title, detail, *, headers=None, **members):
        self.headers = headers or {}
        self.body = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": detail,
            **members,
        }
        super().__init__(detail)

    def response(self):
        """Return the answer that says so."""
        return HttpResponse(
            encoded(self.body).encode(),
            status=self.body["status"],
            content_type=MEDIA_TYPE,
            headers=self.headers,
        )


def unknown_parameter(name, known):
    """Return the Problem of a parameter that nothing here understands."""
    offered = f"这里可用的参数：{'、'.join(known)}" if known else "这里不用参数"
    return Problem(400, "参数有误", f"没有参数 {name[:50]}，{offered}。", parameter=name[:50])


def not_found(detail, **members):
    """Return the Problem of something that is not there, or that no reader may see."""
    return Problem(404, "没有找到", detail, **members)


def problem_of(error, methods=""):
    """Return the Problem that an exception stands for; None for what is our own fault.

    `methods` are those that the address allows.
    """
    if isinstance(error, Problem):
        return error
    if isinstance(error, BadParameter):
        return Problem(400, "参数有误", str(error), parameter=error.name)
    if isinstance(error, Http404):
        return not_found("这个地址没有内容。")
    if isinstance(error, MethodNotAllowed):
        detail = f"这里只供读取，可用的方法：{'、'.join(methods.split(', '))}。"
        return Problem(405, "方法不可用", detail, headers={"Allow": methods})
    if isinstance(error, Throttled):
        seconds = max(1, round(error.wait or 1))
        detail = f"请求太频繁，请在 {seconds} 秒后再试。"
        return Problem(429, "请求太频繁", detail, headers={"Retry-After": str(seconds)})
    if isinstance(error, SuspiciousOperation):
        return Problem(400, "请求有误", "这个请求无法读取，请检查地址和参数。")
    return None
