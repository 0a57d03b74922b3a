"""Random documents and lines for the laws of the register."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from institutions.register.lines import DAY, Action, Document, Line

T1 = datetime(2021, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
A, B = "yiyuan-a", "yiyuan-b"
MEDICAL, REHABILITATION = "medical", "rehabilitation"
FIRST = date(2020, 1, 1)
DAYS = st.integers(0, 30).map(lambda n: FIRST + n * DAY)
MAYBE_DAY = st.none() | DAYS
WINDOW = [FIRST + n * DAY for n in range(-3, 40)]
INSTANTS = st.integers(0, 6).map(lambda n: T1 + n * HOUR)
PAIR_ACTIONS = st.sampled_from(sorted(set(Action) - {Action.RENAME, Action.MERGE}))


@st.composite
def documents(draw, size=4):
    """Documents 1 to 4, each published, some withdrawn or replaced, with or without dates."""
    rows = []
    for number in range(1, size + 1):
        stated = draw(MAYBE_DAY)
        rows.append(
            Document(
                number,
                draw(INSTANTS),
                draw(st.none() | INSTANTS),
                draw(st.none() | INSTANTS),
                draw(MAYBE_DAY),
                draw(st.none() | st.none() | DAYS),
                stated,
                "" if stated is None else "来函",
            )
        )
    return rows


@st.composite
def pair_lines(draw, institutions=(A,), kinds=(MEDICAL,), max_size=10):
    """Lines that designate and what follows, crowded into a month so that they meet."""

    def one(number):
        return Line(
            draw(st.integers(1, 4)),
            number,
            draw(PAIR_ACTIONS),
            draw(st.sampled_from(institutions)),
            draw(st.sampled_from(kinds)),
            draw(st.none() | DAYS | DAYS | DAYS),
            draw(st.booleans()),
            draw(st.none() | DAYS),
            draw(MAYBE_DAY),
        )

    return [one(number) for number in range(1, draw(st.integers(0, max_size)) + 1)]


@st.composite
def every_line(draw):
    """Lines of two institutions and two kinds, with renames and merges among them."""
    said = draw(pair_lines((A, B), (MEDICAL, REHABILITATION)))
    for number in range(100, 100 + draw(st.integers(0, 3))):
        day, document = draw(MAYBE_DAY), draw(st.integers(1, 4))
        if draw(st.booleans()):
            said.append(Line(document, number, Action.RENAME, A, on=day, new_name="新名"))
        else:
            said.append(Line(document, number, Action.MERGE, A, on=day, into=B))
    return said
