"""Laws of the stored register, after any sequence of acts: it equals a full rebuild and a naive model.

What was answered at an instant is answered for that instant for ever. A sequence is checked in the state
after each of its acts. `YOUJU_SEQUENCES` multiplies the number of sequences for a longer run.
"""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.checking import check_many, known_of
from institutions.deriving import differences
from institutions.histories import designations_of, evidence_of, interruptions_of
from institutions.models import Designation, Institution, InstitutionName, Interruption, Notice
from institutions.naming import names_of
from institutions.publishing import publish, withdraw
from institutions.register.lines import DAY
from tests.institutions.desk import Desk, World
from tests.institutions.random_acts import DAYS, papers, sequences
from tests.institutions.register.random_register import FIRST

pytestmark = pytest.mark.django_db

TIMES = int(os.environ.get("YOUJU_SEQUENCES", "1"))
MICROSECOND = timedelta(microseconds=1)
WINDOW = [FIRST + number * DAY for number in range(-2, 24)]
SAID = {
    Designation: ("institution_id", "kind_id", "valid_from", "valid_to", "basis", "state"),
    Interruption: ("institution_id", "kind_id", "nature", "code", "valid_from", "valid_to"),
    InstitutionName: ("institution_id", "kind", "name", "valid_from"),
}
LINES = {
    Designation: ("opened_by_id", "closed_by_id"),
    Interruption: ("line_id",),
    InstitutionName: ("line_id",),
}


def laws(examples):
    """The settings of these properties."""
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


def told(rows, model):
    """Return what rows of a model say, in a fixed order."""
    names = (*SAID[model], *LINES[model])
    return sorted((tuple(getattr(row, name) for name in names) for row in rows), key=repr)


def derived(evidence, at):
    """Return {model: what the fold at an instant derives}."""
    folded = evidence.fold(at)
    return {
        Designation: told(designations_of(folded, evidence.rows), Designation),
        Interruption: told(interruptions_of(folded, evidence.rows), Interruption),
        InstitutionName: told(names_of(folded, evidence.rows), InstitutionName),
    }


def stored():
    """Return {model: all its derived rows ever}."""
    return {
        Designation: list(Designation.objects.all()),
        Interruption: list(Interruption.objects.all()),
        InstitutionName: list(InstitutionName.objects.filter(line__isnull=False)),
    }


def known(rows, at):
    """Return the rows stated at an instant."""
    return [row for row in rows if row.known_from <= at and (not row.known_to or row.known_to > at)]


def answers(world, days, at):
    """Return {(institution, kind, day): (verdict, who answers)} as the portal says at an instant."""
    pairs = [(row.pk, kind.pk) for row in world.institutions for kind in world.kinds]
    said = known_of({pk for pk, _ in pairs}, {pk for _, pk in pairs}, at)
    found = {}
    for institution, kind in pairs:
        for day in days:
            answer = said.answer(institution, kind, day)
            found[institution, kind, day] = (answer.verdict.value, answer.answered_for)
    return found


def naive_answers(world, naive, days, at):
    """Return the same from the naive model, and {(institution, kind): {day: word}}."""
    words = {
        (row.pk, kind.pk): naive.words(row.pk, kind.pk, at, WINDOW)
        for row in world.institutions
        for kind in world.kinds
    }
    found = {(*pair, day): naive.verdict(*pair, day, at, words) for pair in words for day in days}
    return found, words


def in_sql(question, day, at):
    """Return the pairs that a question asked of the stored rows finds."""
    return set(question(day, at).values_list("institution_id", "kind_id"))


def check_instant(world, naive, days, at, rows, evidence):
    """Check one instant of knowledge: stored rows against the fold, answers and names against the model.

    Return the answers and {(institution, kind): {day: word}}, as the model gives them.
    """
    assert {model: told(known(rows[model], at), model) for model in rows} == derived(evidence, at)
    expected, words = naive_answers(world, naive, days, at)
    named = dict(Institution.objects.named(days[0], at).values_list("pk", "name_on"))
    for row in world.institutions:
        assert named[row.pk] == naive.name(row.pk, days[0], at, named[row.pk])
    return expected, words


def check_page_answers(world, day, at, expected):
    """Check the way that the check page asks, about one institution, against the same answers."""
    institution = world.institutions[at.microsecond % 3]
    for checked in check_many(institution, world.kinds, day, at):
        answer = checked.answer
        said = (answer.verdict.value, answer.answered_for)
        assert said == expected[institution.pk, answer.kind, day]
        assert {line.notice_id for line in checked.lines} == {
            line.document for line in answer.lines
        }
        assert all(line.notice.published_at <= at for line in checked.lines)


def play(world, sequence):
    """Carry out a sequence, ask after each act, and check every answer and all rows at the end.

    Rows are only ever closed, so what is known at an instant was stored just so after its act.
    """
    acts, days = sequence
    desk, given_then = Desk(world), {}
    for act in acts:
        desk.carry_out(act)
        at = timezone.now()
        given_then[at] = answers(world, days, at)
    rows, evidence = stored(), evidence_of()
    assert not any(differences())
    for at, said in given_then.items():
        expected, words = check_instant(world, desk.naive, days, at, rows, evidence)
        assert said == expected
        if at is min(given_then):
            check_page_answers(world, days[0], at, expected)
        if at is not max(given_then):
            assert answers(world, days, at) == expected
    for question, word in (
        (Designation.objects.in_force, "in_force"),
        (Designation.objects.with_unknown_start, "start_unknown"),
    ):
        wanted = {pair for pair, said in words.items() if said[days[0]] == word}
        assert in_sql(question, days[0], at) == wanted
    present = dict(Institution.objects.values_list("pk", "name"))
    today = timezone.localdate()
    for row in world.institutions:
        assert present[row.pk] == desk.naive.name(row.pk, today, timezone.now(), present[row.pk])
    return desk


def undone(run):
    """Run something in a transaction of its own, and take back what it wrote."""
    with transaction.atomic():
        run()
        transaction.set_rollback(True)


# Two halves, so that two workers share them.
@pytest.mark.parametrize("half", [1, 2])
def test_after_any_sequence_it_equals_a_rebuild_and_the_naive_model(half):
    world = World()

    @laws(300)
    @given(sequences())
    def law(sequence):
        undone(lambda: play(world, sequence))

    law()


def said_now(world, days):
    """Return all that the portal states now, whatever was stated before."""
    current = {
        model: told([row for row in rows if row.known_to is None], model)
        for model, rows in stored().items()
    }
    names = dict(Institution.objects.values_list("pk", "name"))
    named = [dict(Institution.objects.named(day).values_list("pk", "name_on")) for day in days]
    return current, names, named, answers(world, days, timezone.now())


def test_the_order_of_publication_makes_no_difference():
    """Three notices, the first of them withdrawn at once or at last, in two orders of publication."""
    world = World()

    def carry_out(drafts, order, at_once):
        first, *_ = drafts = [Notice.objects.get(pk=draft.pk) for draft in drafts]
        for number in order:
            publish(drafts[number], by=world.editor)
            if number == 0 and at_once:
                withdraw(first, by=world.editor, reason="误传")
        if not at_once:
            withdraw(first, by=world.editor, reason="误传")

    @laws(100)
    @given(
        st.lists(papers(), min_size=3, max_size=3),
        st.lists(st.permutations(range(3)), min_size=2, max_size=2, unique_by=tuple),
        st.lists(DAYS, min_size=1, max_size=2),
    )
    def law(told, orders, days):
        found = []

        def run(drafts, order, at_once):
            carry_out(drafts, order, at_once)
            found.append(said_now(world, days))

        def run_both():
            drafts = [Desk(world).draft(paper)[0] for paper in told]
            for order, at_once in zip(orders, (True, False), strict=True):
                undone(lambda order=order, once=at_once: run(drafts, order, once))

        undone(run_both)
        assert found[0] == found[1]

    law()
