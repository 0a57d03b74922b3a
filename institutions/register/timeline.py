"""The history of one institution and kind, told event by event.

Knows what each action does to the period in force, and which lines contradict each other. Hides the
half-built periods. Driven by `institutions.register.folding`, with the events in order of their days.

A *doubt* is a span of days on which the lines, taken together, allow neither yes nor no. A doubt with
no last day holds until a line states the designation anew or ends it.
"""

from dataclasses import dataclass, field
from datetime import date

from institutions.register.lines import DAY, Action, Basis, Line
from institutions.register.periods import Finding, Interval, Period, State, Suspension


@dataclass(slots=True)
class _Current:
    first: date | None
    basis: Basis
    opened_by: Line
    last: date | None
    last_by: Line | None
    events: list
    suspensions: list = field(default_factory=list)

    def suspension_on(self, day):
        """Return the suspension that lasts on `day`; only the latest can."""
        if self.suspensions and (self.suspensions[-1].last or date.max) >= day:
            return self.suspensions[-1]
        return None


@dataclass(slots=True)
class _Suspended:
    first: date
    last: date | None
    lines: list


@dataclass(slots=True)
class _Doubt:
    code: str
    on: date | None
    lines: list
    first: date | None
    last: date | None
    doubtful: bool = True


class Timeline:
    """Takes the events of one institution and kind in order; `finish` returns periods and findings.

    `undated` is filled before the first event: (line, day of issue) of the opening lines without a day.
    """

    __slots__ = (
        "_current",
        "_gap",
        "_loose_revoke",
        "_open_doubts",
        "doubts",
        "institution",
        "kind",
        "periods",
        "undated",
    )

    def __init__(self, institution, kind):
        self.institution, self.kind = institution, kind
        self.periods, self.doubts, self._open_doubts = [], [], []
        self.undated = []
        self._current = None
        # The day after the last period's end; None when no period has ended yet.
        self._gap = None
        # (day, line) of the latest revocation that had nothing to end.
        self._loose_revoke = None

    def note(self, code, lines, on=None):
        """Record a finding that leaves no day in doubt."""
        self.doubts.append(_Doubt(code, on, list(lines), None, None, doubtful=False))

    def doubt(self, code, lines, on=None, first=None, last=None, *, ahead=False):
        """Record a finding that leaves the days `first` to `last` in doubt (None: without bound).

        A doubt `ahead` is about days after `on`: later events can settle it.
        """
        if first is not None and last is not None and last < first:
            self.note(code, lines, on)
            return
        found = _Doubt(code, on, list(lines), first, last)
        self.doubts.append(found)
        if ahead:
            self._open_doubts.append(found)

    def apply(self, line, day, basis):
        """Let `line` have its effect on `day`; None comes before every day, for opening lines only."""
        current = self._current
        if current is not None and day is not None and current.last is not None:
            # On the day after the last day a renewal continues and a revocation agrees; any other
            # line finds the period expired.
            meets = line.action in (Action.RENEW, Action.REVOKE)
            if current.last < (day - DAY if meets else day):
                self._end(current.last, State.EXPIRES, [current.last_by])
        _DOES[line.action](self, line, day, basis)

    def finish(self):
        """Return (periods, findings) after the last event."""
        current = self._current
        if current is not None and current.last is not None:
            self._end(current.last, State.EXPIRES, [current.last_by])
        elif current is not None:
            self._close(None, State.OPEN, [])
        return self.periods, [self._finding(doubt) for doubt in self.doubts]

    def _finding(self, found):
        interval = Interval(found.first, found.last) if found.doubtful else None
        lines = tuple(sorted(found.lines, key=lambda line: line.key))
        return Finding(found.code, self.institution, self.kind, found.on, lines, interval)

    def _settle(self, day):
        """End on the day before `day` what was in doubt: a line has stated how it is from then on."""
        if day is None:
            return
        for doubt in self._open_doubts:
            if doubt.last is None or doubt.last >= day:
                doubt.last = day - DAY
            if doubt.first is not None and doubt.last < doubt.first:
                doubt.doubtful = False
        self._open_doubts.clear()

    def _designate(self, line, day, basis):
        current = self._current
        renews = line.action is Action.RENEW
        if current is None:
            self._settle(day)
            if renews:
                self._presupposes("renewed_unknown", line, day)
            if self._loose_revoke is not None and self._loose_revoke[0] == day:
                self.doubt("same_day", [self._loose_revoke[1], line], day, day, ahead=True)
            last_by = line if line.term_to else None
            self._current = _Current(day, basis, line, line.term_to, last_by, [(day, line)])
            return
        self._settle(day)
        last, last_by = self._agreed_end(line, day, renews)
        if current.first is None and day is not None:
            self._continue(line, day, basis, last, last_by)
            return
        if not renews:
            self.note("designated_again", [current.opened_by, line], day)
        current.last, current.last_by = last, last_by
        current.events.append((day, line))

    def _presupposes(self, code, line, day):
        """Record that `line` speaks of a designation before `day` which no line states."""
        if day is None:
            self.note(code, [line])
        else:
            self.doubt(code, [line], day, self._gap, day - DAY)

    def _agreed_end(self, line, day, renews):
        """Return (last day, line that states it) after `line` stated the designation in force anew.

        A term where none was known is news, a longer one extends. A shorter one contradicts: the longer
        stays and the days between are in doubt. No term: a renewal runs on without known end, a mere
        listing leaves the days after the old term in doubt.
        """
        current = self._current
        old, new = current.last, line.term_to
        if old is None or (new is not None and new >= old) or (new is None and renews):
            return new, line if new is not None else None
        lines = [current.last_by, line]
        if new is None:
            self.doubt("end_not_stated", lines, day, old + DAY, ahead=True)
        else:
            self.doubt("ends_disagree", lines, day, new + DAY, old, ahead=True)
        return old, current.last_by

    def _continue(self, line, day, basis, last, last_by):
        """Begin a period with a known first day where one with unknown start was in force."""
        before = self._current
        suspended = before.suspension_on(day)
        carried = [_Suspended(day, suspended.last, list(suspended.lines))] if suspended else []
        self._close(day - DAY, State.CONTINUED, [line])
        self._current = _Current(day, basis, line, last, last_by, [(day, line)], carried)

    def _revoke(self, line, day, _basis):
        self._settle(day)
        if self._current is not None:
            self._current.events.append((day, line))
            self._end(day - DAY, State.REVOKED, [line])
            return
        self._presupposes("revoked_unknown", line, day)
        if self._gap != day:
            self._loose_revoke = (day, line)
        self._undated_may_follow(day, [line])

    def _suspend(self, line, day, _basis):
        current = self._current
        if current is None:
            self.doubt("suspended_unknown", [line], day, self._gap, ahead=True)
            return
        current.events.append((day, line))
        running = current.suspension_on(day)
        if running is None:
            current.suspensions.append(_Suspended(day, line.term_to, [line]))
            return
        old, new = running.last, line.term_to
        if new is not None and (old is None or new < old):
            lines = [*running.lines, line]
            self.doubt("suspended_again", lines, day, new + DAY, old, ahead=True)
        else:
            self.note("suspended_again", [*running.lines, line], day)
            running.last = new
        running.lines.append(line)

    def _resume(self, line, day, _basis):
        current = self._current
        if current is None:
            self.doubt("resumed_unknown", [line], day, self._gap, ahead=True)
            return
        self._settle(day)
        current.events.append((day, line))
        running = current.suspension_on(day)
        if running is not None:
            running.last = day - DAY
            running.lines.append(line)
            return
        # Resumed, yet not suspended: it must have been so on days before, of which no line speaks.
        known = current.suspensions[-1].last + DAY if current.suspensions else current.first
        if known is None or known < day:
            self.doubt("resumed_unknown", [line], day, known, day - DAY)

    def _end(self, last, state, closed_by):
        self._close(last, state, closed_by)
        self._gap = last + DAY
        self._undated_may_follow(last + DAY, closed_by)

    def _undated_may_follow(self, day, closed_by):
        """Doubt the days after an end, if a designation without first day may be the later of the two.

        It is not when its notice was issued before `day`, nor on days after its own term.
        """
        speakers = [
            line
            for line, issued_on in self.undated
            if (issued_on is None or issued_on >= day)
            and (line.term_to is None or line.term_to >= day)
        ]
        if speakers:
            lines = {line.key: line for line in (*speakers, *closed_by)}
            terms = [line.term_to for line in speakers]
            last = None if None in terms else max(terms)
            self.doubt("undated_may_follow", lines.values(), day, day, last, ahead=True)

    def _close(self, last, state, closed_by):
        current, self._current = self._current, None
        suspensions = tuple(
            Suspension(
                gap.first,
                last if gap.last is None else min(gap.last, last or date.max),
                tuple(gap.lines),
            )
            for gap in current.suspensions
            if gap.last is None or gap.first <= gap.last
        )
        self.periods.append(
            Period(
                self.institution,
                self.kind,
                current.first,
                last,
                current.basis,
                state,
                current.opened_by,
                tuple(closed_by),
                suspensions,
                tuple(current.events),
            )
        )


_DOES = {
    Action.DESIGNATE: Timeline._designate,
    Action.RENEW: Timeline._designate,
    Action.REVOKE: Timeline._revoke,
    Action.SUSPEND: Timeline._suspend,
    Action.RESUME: Timeline._resume,
}
