"""The import at the desk: what the preview says, what it leaves, and who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indices.loading import ScoresForm, ScoresImporter
from indices.models import PlaceJudgement, Release
from portal.importing import Upload, carry_out
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import EditionFactory, a_dimension

pytestmark = pytest.mark.django_db

IMPORTER = ScoresImporter()


@pytest.fixture
def edition():
    edition = EditionFactory()
    a_dimension(edition)
    PlaceFactory(code="x-hz", name="杭州市", short_name="杭州")
    PlaceFactory(code="x-zz", name="郑州市", short_name="郑州")
    return edition


def options(edition, **fields):
    form = ScoresForm({"edition": edition.pk, "source_words": " 报告 ", **fields})
    assert form.errors == {}
    return form.cleaned_data


def plan_of(text, chosen, by):
    table = IMPORTER.read(Upload("得分.csv", text.encode()), options=chosen)
    return IMPORTER.plan(table, options=chosen, by=by)


SHEET = "城市,总指数,总指数排名\n杭州,95,1\n郑州,80,7\n"


def test_the_preview_shows_rows_and_writes_nothing(edition):
    plan = plan_of(SHEET, options(edition), UserFactory())
    assert plan.counts == {"new": 2, "changed": 0, "removed": 0, "unchanged": 0}
    assert [(one.act, one.label, one.row, one.differences) for one in plan.changes] == [
        ("new", "杭州·总指数", 2, (("数据", "", "第1，得分 95"),)),
        ("new", "郑州·总指数", 3, (("数据", "", "第7，得分 80"),)),
    ]
    assert Release.objects.count() == 0


def test_the_confirmed_plan_leaves_a_draft_and_leads_to_it(edition):
    user, chosen = UserFactory(), options(edition)
    plan = plan_of(SHEET, chosen, user)
    release = carry_out(IMPORTER, plan, options=chosen, by=user)
    assert (release.created_by, release.source_words, release.lines.count()) == (user, "报告", 2)
    words = f"已导入为草稿：{edition}。请核对后发布。"
    assert IMPORTER.done(release) == (words, reverse("release:edit", args=[release.pk]))
    assert plan_of(SHEET, chosen, user).does_something is False


def test_places_that_cannot_be_told_are_named_and_can_be_judged_there(edition):
    user, text = UserFactory(), SHEET.replace("杭州", "钱塘")
    plan = plan_of(text, options(edition), user)
    assert [str(one) for one in plan.problems] == ["第 2 行“地方”：没有名为“钱塘”的地方。"]
    chosen = options(edition, places="钱塘＝x-hz\n\n")
    plan = plan_of(text, chosen, user)
    assert (plan.problems, PlaceJudgement.objects.count()) == ([], 0)
    carry_out(IMPORTER, plan, options=chosen, by=user)
    judgement = PlaceJudgement.objects.get()
    assert (judgement.name, judgement.place.code, judgement.by) == ("钱塘", "x-hz", user)


def test_two_plans_that_say_the_same_are_known(edition):
    user, chosen = UserFactory(), options(edition)
    digest = plan_of(SHEET, chosen, user).digest
    assert plan_of(SHEET, chosen, user).digest == digest
    assert plan_of(SHEET.replace("80", "81"), chosen, user).digest != digest


def test_the_form_names_what_is_wrong():
    form = ScoresForm({"places": "钱塘=x-none\n=x\n"})
    assert form.errors == {
        "edition": ["请选择版次。"],
        "source_words": ["请写明来源。"],
        "places": ["第 1 行：没有代码为“x-none”的地方。", "第 2 行应写成 写法=代码。"],
    }


def test_an_editor_uploads_sees_and_confirms(edition, desk):
    from news.roles import Role

    client = desk(Role.DATA_EDITOR)
    fields = {
        "edition": edition.pk,
        "source_words": "报告",
        "file": SimpleUploadedFile("得分.csv", SHEET.encode()),
    }
    preview = client.post(reverse("indices_import"), fields)
    assert preview.context["plan"].counts["new"] == 2
    draft = preview.context["draft"].pk
    done = client.post(reverse("indices_import_confirm"), {"draft": draft})
    assert done["Location"] == reverse("release:edit", args=[Release.objects.get().pk])
