"""What is wrong with an address, in words meant for the reader who asked for it."""

from django.core.exceptions import BadRequest

SHOWN = 20


class BadParameter(BadRequest):
    """A query parameter that cannot be understood; the message names it and says what it should be.

    Answered with status 400, and the only refusal whose message the error page repeats: Django's own
    are in English and tell of our settings.
    """

    def __init__(self, name, expected, given):
        super().__init__(f"参数 {name} 应为{expected}，收到的是“{given[:SHOWN]}”。")
