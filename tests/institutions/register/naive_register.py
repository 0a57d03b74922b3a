"""The register once more, told day by day and as simply as possible: what the fold is measured against.

It walks through a window of days, keeps what holds on the day, and colours days that have passed when
a line shows that they were not as told. It knows no periods and does no arithmetic on intervals.
"""

from datetime import date, timedelta

from institutions.register.lines import Action

DAY = timedelta(days=1)
ORDER = [Action.REVOKE, Action.DESIGNATE, Action.RENEW, Action.RESUME, Action.SUSPEND]
NEVER = date.max


def first_day(line, document):
    """The first day of effect by the words of the plan; None when nothing gives it."""
    if line.on is not None:
        by_last_day = line.action is Action.REVOKE and line.on_is_last_day
        return line.on + DAY if by_last_day else line.on
    if document.effective_on is not None:
        return document.effective_on
    if line.term_from is not None and line.action in {*ORDER[1:3], Action.SUSPEND}:
        return line.term_from
    return document.stated_on


class History:
    """One institution and kind; `told` gives {day: word} for the window."""

    def __init__(self, lines, documents, known_at=None):
        self.today = {}
        self.undated = []
        self.all_in_doubt = False
        self.raw, self.coloured = {}, set()
        self.ahead = []
        self.listed = False
        self.since, self.until, self.suspended_until = None, None, None
        self.ended = "unlisted"
        self.lone_revocation_on = None
        for line in lines:
            document = documents[line.document]
            if document.stands(known_at):
                self._place(line, document)

    def _place(self, line, document):
        day = first_day(line, document)
        termed = line.action not in (Action.REVOKE, Action.RESUME)
        if (
            termed
            and line.term_to
            and max(filter(None, (day, line.term_from)), default=date.min) > (line.term_to)
        ) or (day is None and line.action not in (Action.DESIGNATE, Action.RENEW)):
            self.all_in_doubt = True
        elif day is None:
            self.undated.append((line, document.issued_on))
        else:
            self.today.setdefault(day, []).append(line)

    def told(self, window):
        """Return {day: word}; the window must begin before the first event."""
        self.past = []
        for line, _ in sorted(self.undated, key=lambda pair: self._order(pair[0])):
            self._opening(line, None)
        for day in window:
            self._live(day)
        return {
            day: "in_doubt" if self.all_in_doubt or day in self.coloured else word
            for day, word in self.raw.items()
        }

    @staticmethod
    def _order(line):
        return ORDER.index(line.action), line.term_to or NEVER, line.key

    def _live(self, day):
        lines = sorted(self.today.get(day, []), key=self._order)
        if self.listed and self.until and self.until < day:
            meets = lines and lines[0].action in (Action.RENEW, Action.REVOKE)
            if not meets or self.until < day - DAY:
                self._stop(day, "expired")
        for line in lines:
            if line.action in (Action.DESIGNATE, Action.RENEW):
                self._opening(line, day)
            else:
                getattr(self, f"_{line.action}")(line, day)
        self.raw[day] = self._word(day)
        self.past.append(day)
        if any(first <= day <= last for first, last in self.ahead):
            self.coloured.add(day)

    def _word(self, day):
        if not self.listed:
            return self.ended
        if self.suspended_until and day <= self.suspended_until:
            return "suspended"
        return "in_force" if self.since else "start_unknown"

    def _opening(self, line, day):
        if day is not None:
            self.ahead = []
        end, renews = line.term_to, line.action is Action.RENEW
        if not self.listed:
            if renews and day:
                self._colour_back(self._unlisted)
            if day and self.lone_revocation_on == day:
                self.ahead.append((day, NEVER))
            self.listed, self.since, self.until = True, day, end
            self.suspended_until = None
            return
        self.since = self.since or day
        if self.until is None or (end and end >= self.until) or (renews and not end):
            self.until = end
        else:
            self.ahead.append((end + DAY, self.until) if end else (self.until + DAY, NEVER))

    def _revoke(self, line, day):
        self.ahead = []
        if self.listed:
            self._stop(day, "revoked")
            return
        if self._unlisted(self.past[-1]):
            self.lone_revocation_on = day
        self._colour_back(self._unlisted)
        self.ended = "revoked"
        self._undated_later(day)

    def _suspend(self, line, day):
        new = line.term_to or NEVER
        if not self.listed:
            self._colour_back(self._unlisted)
            self.ahead.append((day, NEVER))
        elif self.suspended_until and self.suspended_until >= day:
            if new < self.suspended_until:
                self.ahead.append((new + DAY, self.suspended_until))
            self.suspended_until = max(new, self.suspended_until)
        else:
            self.suspended_until = new

    def _resume(self, line, day):
        if not self.listed:
            self._colour_back(self._unlisted)
            self.ahead.append((day, NEVER))
            return
        self.ahead = []
        if self.suspended_until and self.suspended_until >= day:
            self.suspended_until = day - DAY
        else:
            self._colour_back(
                lambda d: self.raw[d] != "suspended" and (not self.since or d >= self.since)
            )

    def _stop(self, day, how):
        self.listed, self.suspended_until, self.ended = False, None, how
        self._undated_later(day)

    def _undated_later(self, day):
        for line, issued in self.undated:
            if issued is None or issued >= day:
                self.ahead.append((day, line.term_to or NEVER))

    def _unlisted(self, day):
        return self.raw[day] in ("unlisted", "expired", "revoked")

    def _colour_back(self, still):
        for day in reversed(self.past):
            if not still(day):
                break
            self.coloured.add(day)
