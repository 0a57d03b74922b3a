"""Printed names as rows of a byline."""

import pytest

from news.bylines import authors_of, credit_rows, people_named, role_of
from news.models import ArticleCredit
from news.pagetext.credits import Credit
from tests.factories import PersonFactory

Role = ArticleCredit.Role


@pytest.mark.parametrize(
    ("printed", "role"),
    [
        ("记者", Role.REPORTER),
        ("首席记者", Role.REPORTER),
        ("摄影记者", Role.PHOTOGRAPHER),
        ("通讯员", Role.CORRESPONDENT),
        ("文/图", Role.TEXT_AND_PICTURES),
        ("文字/摄影", Role.TEXT_AND_PICTURES),
        ("制图", Role.GRAPHICS),
        ("责　编", Role.RESPONSIBLE_EDITOR),
        ("责校", Role.PROOFREADER),
        ("终审", Role.REVIEWER),
        ("评论员", Role.AUTHOR),
        ("没有听说过的角色", Role.AUTHOR),
    ],
)
def test_a_printed_role_has_a_role_at_the_desk(printed, role):
    assert role_of(printed) == role


@pytest.mark.parametrize("role", Role)
def test_the_desks_own_word_for_a_role_means_that_role(role):
    assert role_of(role.label) == role


@pytest.mark.parametrize(
    ("field", "credits"),
    [
        ("张三、李四", [("作者", "", "张三"), ("作者", "", "李四")]),
        ("张三，李四;王五", [("作者", "", "张三"), ("作者", "", "李四"), ("作者", "", "王五")]),
        ("张三 李四", [("作者", "", "张三"), ("作者", "", "李四")]),
        ("杨　昇", [("作者", "", "杨昇")]),
        ("Jane Roe", [("作者", "", "Jane Roe")]),
        ("记者 赵一 通讯员 钱多", [("记者", "", "赵一"), ("通讯员", "", "钱多")]),
        ("、", []),
    ],
)
def test_an_old_author_field_is_read(field, credits):
    assert authors_of(field) == [Credit(*credit) for credit in credits]


def test_only_a_name_that_one_person_bears_is_matched(db, django_assert_num_queries):
    one = PersonFactory(name="张三")
    PersonFactory(name="李四")
    PersonFactory(name="李四")
    with django_assert_num_queries(1):
        assert people_named(["张三", "李四", "王五"]) == {"张三": one}


def test_rows_keep_order_and_words(db):
    person = PersonFactory(name="张三", affiliation="今日的单位")
    rows = credit_rows([Credit("记者", "", "张三"), Credit("评论员", "本报", "")], {"张三": person})
    assert [(row.role, row.person, row.name, row.affiliation, row.sort_order) for row in rows] == [
        (Role.REPORTER, person, "张三", "", 0),
        (Role.AUTHOR, None, "本报评论员", "", 1),
    ]
