"""Editors who act at the same moment: one is first, the other is told so in words, and the register is whole."""

import threading

import pytest
from django.db import connections, transaction

from institutions.deriving import differences
from institutions.founding import found_institutions
from institutions.merging import merge
from institutions.models import Designation, Institution, InstitutionName, Merge, Notice, NoticeLine
from institutions.naming import set_names
from institutions.publishing import draft_correction, publish, withdraw
from portal.models import Change
from portal.records import AlreadyClosed
from portal.sources import AlreadyPublished, AlreadyWithdrawn, StaleVersion
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.institutions.models.rows import FIRST

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run the jobs at the same moment, each on a connection of its own; return what each gave or raised."""
    outcomes = [None] * len(jobs)
    together = threading.Barrier(len(jobs))

    def run(number, job):
        together.wait()
        try:
            outcomes[number] = job()
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def failures(outcomes):
    """Return the words of those that failed, by the sort of failure."""
    return [(type(row), str(row)) for row in outcomes if isinstance(row, Exception)]


def is_whole():
    """Check what holds whoever was first: the rows equal a rebuild, the log has no gap."""
    assert not any(differences())
    numbers = list(Change.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def opened(notice):
    """Return a fresh copy of a notice, as another editor's request has it."""
    return Notice.objects.get(pk=notice.pk)


def test_two_notices_about_one_institution():
    kind, hospital, editor = KindFactory(), an_institution(), UserFactory()
    revoke = {"institution": hospital, "action": "revoke", "on": FIRST}
    drafts = [
        a_notice(hospital, kind=kind, effective_on=None, issued_on=None),
        a_notice(hospital, kind=kind),
        a_notice(revoke, kind=kind),
        a_notice({"institution": hospital, "action": "rename", "new_name": "新名"}, kind=kind),
    ]
    outcomes = at_once(*[lambda draft=draft: publish(opened(draft), by=editor) for draft in drafts])
    assert failures(outcomes) == []
    is_whole()
    hospital.refresh_from_db()
    assert hospital.name == "新名"
    assert Change.objects.count() == 4
    instants = [opened(draft).published_at for draft in drafts]
    assert len(set(instants)) == 4


def test_one_notice_published_twice():
    kind, editor = KindFactory(), UserFactory()
    draft = a_notice({"name": "新城医院"}, {"name": "东城医院"}, kind=kind)
    copies = [opened(draft) for _ in range(3)]
    outcomes = at_once(*[lambda copy=copy: publish(copy, by=editor) for copy in copies])
    told = (
        "这条记录在您打开之后已被他人修改：您打开的是第 1 版，现在是第 2 版，未保存。请比较后再改。"
    )
    assert failures(outcomes) == [(StaleVersion, told)] * 2
    is_whole()
    assert (Institution.objects.count(), Change.objects.count()) == (2, 1)


def test_a_notice_that_was_opened_after_it_was_published():
    notice = published(a_notice(an_institution(), kind=KindFactory()))
    with pytest.raises(AlreadyPublished, match="文件已经发布，不能再次发布。"):
        publish(notice, by=UserFactory())


def test_withdrawn_twice():
    notice, editor = published(a_notice(an_institution(), kind=KindFactory())), UserFactory()
    outcomes = at_once(*[lambda: withdraw(opened(notice), by=editor, reason="误传")] * 2)
    assert failures(outcomes) == [(AlreadyWithdrawn, "文件已经撤回。")]
    is_whole()
    assert Designation.objects.current().count() == 0


def test_one_published_while_another_is_withdrawn():
    kind, hospital, editor = KindFactory(), an_institution(), UserFactory()
    old = published(a_notice(hospital, kind=kind))
    draft = a_notice({"institution": hospital, "action": "revoke", "on": FIRST}, kind=kind)
    correction = draft_correction(old, by=editor)
    outcomes = at_once(
        lambda: publish(opened(draft), by=editor),
        lambda: withdraw(opened(old), by=editor, reason="误传"),
        lambda: publish(opened(correction), by=editor),
    )
    assert failures(outcomes) == []
    is_whole()


def test_two_corrections_of_one_notice_are_one_draft():
    notice, editor = published(a_notice(an_institution(), kind=KindFactory())), UserFactory()
    outcomes = at_once(*[lambda: draft_correction(opened(notice), by=editor)] * 3)
    assert failures(outcomes) == []
    assert len({draft.pk for draft in outcomes}) == 1
    assert NoticeLine.objects.filter(notice=outcomes[0]).count() == 1


def test_no_line_slips_in_unread():
    """A line that is added while its notice is being published is either published as decided or refused."""
    kind, editor = KindFactory(), UserFactory()
    draft = a_notice(an_institution(), kind=kind)

    def add():
        NoticeLine.objects.create(
            notice=opened(draft), number=2, name="新城医院", quote="新城医院", action="designate"
        )

    outcomes = at_once(lambda: publish(opened(draft), by=editor), add)
    told = {str(row).splitlines()[0] for row in outcomes if isinstance(row, Exception)}
    assert len(told) == 1
    assert told <= {
        "第 2 条“新城医院”：请认定机构、选定类别。",
        "“名单条目”所属的文件已经发布，不可增加。",
    }
    is_whole()


def test_institutions_of_one_name_founded_at_once():
    outcomes = at_once(
        *[lambda: found_institutions([("新城医院", {})] * 2, source_words="证书")] * 3
    )
    assert failures(outcomes) == []
    assert sorted(Institution.objects.values_list("code", flat=True)) == [
        "xinchengyiyuan",
        *[f"xinchengyiyuan-{number}" for number in range(2, 7)],
    ]


def test_names_stated_while_a_renaming_is_published():
    kind, editor = KindFactory(), UserFactory()
    hospital = published(a_notice({"name": "旧名"}, kind=kind)).lines.get().institution
    renamed = {"institution": hospital, "action": "rename", "new_name": "新名"}
    draft = a_notice(renamed, kind=kind)

    def state():
        names = [InstitutionName.of(hospital, "旧名", kind="official", source_words="证书")]
        names.append(InstitutionName.of(hospital, "别名", kind="alias", source_words="证书"))
        return set_names(hospital, names, by=editor)

    outcomes = at_once(lambda: publish(opened(draft), by=editor), state, state)
    assert [row for row in failures(outcomes) if row[0] is not AlreadyClosed] == []
    is_whole()
    hospital.refresh_from_db()
    assert hospital.name == "新名"
    current = InstitutionName.objects.current().values_list("name", flat=True)
    assert sorted(current) == ["别名", "新名", "旧名"]


def test_merged_into_each_other_at_once():
    one, other, editor = an_institution("甲"), an_institution("乙"), UserFactory()

    def merging(part, whole):
        return lambda: merge(part, whole, on=FIRST, source_words="批复", by=editor)

    outcomes = at_once(merging(one, other), merging(other, one))
    assert [words for _, words in failures(outcomes)] == [
        "{'whole': ['这样合并会互相指向：并入的机构最终又归到被并入的机构。']}"
    ]
    assert Merge.objects.count() == 1
    is_whole()


def test_a_version_raised_by_a_renaming_refuses_an_older_save():
    """The desk holds the institution open; a renaming is published; the desk's save would take it back."""
    kind, hospital = KindFactory(), an_institution("旧名")
    open_at_the_desk = Institution.objects.get()
    published(
        a_notice({"institution": hospital, "action": "rename", "new_name": "新名"}, kind=kind)
    )
    with pytest.raises(StaleVersion), transaction.atomic():
        open_at_the_desk.save()
    assert Institution.objects.get().name == "新名"
