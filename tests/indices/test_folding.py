"""Releases in any sequence: what is stored equals a naive fold of them, at every instant that was."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indices.models import Release, ReleaseLine, Score
from indices.publishing import NotPublishable, publish, reverse
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import EditionFactory, a_dimension, a_draft

SEQUENCES = int(os.environ.get("YOUJU_SEQUENCES", "1")) * 60

contents = st.one_of(
    st.none(),
    st.integers(1, 3).map(lambda rank: {"rank": rank}),
    st.sampled_from(["missing", "not_disclosed"]).map(lambda status: {"status": status}),
    st.just({"tier": "第一梯队", "quote": "原文"}),
)
cells = st.tuples(st.integers(0, 1), st.integers(0, 2))
acts = st.one_of(
    st.tuples(st.just("publish"), st.dictionaries(cells, contents, min_size=1, max_size=4)),
    st.tuples(st.just("reverse"), st.integers(0, 5)),
)


class Naive:
    """A dictionary for every instant; a reversal puts back what stood before, where the wrong word still stands."""

    def __init__(self):
        self.states, self.told, self.reversed = [{}], [], set()

    @property
    def now(self):
        return self.states[-1]

    def publish(self, lines):
        state = dict(self.now)
        for cell, content in lines.items():
            state.pop(cell, None)
            if content is not None:
                state[cell] = (content, len(self.told))
        self.told.append(lines)
        self.states.append(state)

    def reversal(self, number):
        """The lines that undo the release of this number."""
        before, lines = self.states[number], {}
        for cell, content in self.told[number].items():
            by_it = self.now.get(cell)
            if content is None:
                if by_it is None and cell in before:
                    lines[cell] = before[cell][0]
            elif by_it is not None and by_it[1] == number:
                lines[cell] = before[cell][0] if cell in before else None
        return lines

    def effective(self, lines):
        """The lines that change something."""
        return {
            cell: content
            for cell, content in lines.items()
            if content != (self.now[cell][0] if cell in self.now else None)
        }


def content_of(told):
    return ReleaseLine(**told).content


class Stored:
    """The same acts on the models."""

    def __init__(self, places, user):
        self.edition = EditionFactory()
        self.dimensions = [
            a_dimension(self.edition),
            a_dimension(self.edition, "basis", "基础"),
        ]
        self.places, self.user, self.releases = places, user, []

    def draft(self, lines):
        explanation = "改" if self.releases else ""
        return a_draft(
            self.edition,
            *((self.dimensions[d], self.places[p], told) for (d, p), told in lines.items()),
            by=self.user,
            explanation=explanation,
        )

    def state(self, at=None):
        numbers = {row.pk: number for number, row in enumerate(self.dimensions)}
        places = {row.pk: number for number, row in enumerate(self.places)}
        return {
            (numbers[row.dimension_id], places[row.place_id]): row.content
            for row in Score.objects.known(at).filter(dimension__in=self.dimensions)
        }


def shown(state):
    return {cell: content_of(told) for cell, (told, _) in state.items()}


def play(act, told, naive, stored):
    """Do one act on both; one that would change nothing is refused and leaves nothing."""
    if act == "publish":
        lines = told
    elif told < len(naive.told) and told not in naive.reversed:
        lines = naive.reversal(told)
    else:
        return
    if not (effective := naive.effective(lines)):
        refuse(act, told, stored)
        return
    if act == "publish":
        release = publish(stored.draft(lines), by=stored.user)
    else:
        release = reverse(stored.releases[told], by=stored.user, explanation="撤销")
        naive.reversed.add(told)
    stored.releases.append(release)
    naive.publish(effective)


def refuse(act, told, stored):
    count = Release.objects.published().count()
    attempts = {
        "publish": lambda: publish(stored.draft(told), by=stored.user),
        "reverse": lambda: reverse(stored.releases[told], by=stored.user, explanation="撤销"),
    }
    with pytest.raises(NotPublishable):
        attempts[act]()
    assert Release.objects.published().count() == count


@pytest.mark.django_db
@settings(
    max_examples=SEQUENCES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sequence=st.lists(acts, max_size=7))
def test_what_is_stored_equals_the_naive_fold(people, sequence):
    naive, stored = Naive(), Stored(*people)
    for act, told in sequence:
        play(act, told, naive, stored)
        assert stored.state() == shown(naive.now)
    for release, state in zip(stored.releases, naive.states[1:], strict=True):
        assert stored.state(release.published_at) == shown(state)
    for release, state in zip(stored.releases, naive.states, strict=False):
        just_before = Score.objects.known_just_before(release.published_at)
        assert just_before.filter(dimension__in=stored.dimensions).count() == len(state)


@pytest.fixture
def people():
    return PlaceFactory.create_batch(3), UserFactory()
