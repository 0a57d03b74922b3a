import pytest
from django.urls import reverse

from portal.models import Organisation, Place, PlaceName
from portal.viewsets import containing
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(
        UserFactory(is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def found(response):
    return [str(row) for row in response.context["object_list"]]


@pytest.fixture
def zhengzhou():
    place = PlaceFactory(code="410100", name="郑州市", short_name="郑州")
    PlaceName.objects.create(place=place, name="绿城")
    PlaceFactory(code="410200", name="开封市", short_name="开封")
    return place


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("州", ["郑州市"]),
        ("绿城", ["郑州市"]),
        ("市", ["郑州市", "开封市"]),
        ("市 开", ["开封市"]),
        ("4102", ["开封市"]),
        ("洛阳", []),
        ("", ["郑州市", "开封市"]),
        ('"', []),
    ],
)
def test_every_word_stands_somewhere(zhengzhou, words, names):
    fields = ("name", "names__name", "code")
    assert [str(place) for place in containing(Place.objects.all(), words, fields)] == names


@pytest.mark.parametrize(("query", "names"), [("州", ["郑州市"]), ("洛", [])])
def test_the_lists_search_in_mid_word(desk, zhengzhou, query, names):
    assert found(desk.get(reverse("place:index"), {"q": query})) == names


def test_the_chooser_searches_in_mid_word_and_by_other_names(desk, zhengzhou):
    for query in ("州", "绿城"):
        response = desk.get(reverse("place_chooser:choose_results"), {"q": query})
        assert [str(row) for row in response.context["results"]] == ["郑州市"]


def test_a_place_is_added_and_its_kind_chosen(desk, zhengzhou):
    data = {"name": "金水区", "short_name": "", "code": "410105", "level": "county"}
    desk.post(reverse("place:add"), {**data, "parent": zhengzhou.pk})
    place = Place.objects.get(code="410105")
    assert (place.name, place.level, place.parent) == ("金水区", "county", zhengzhou)
    response = desk.get(reverse("place:index"), {"level": "county"})
    assert found(response) == ["金水区"]


@pytest.mark.parametrize("name", ["绿城", " 绿 城 ", "\u200b"])
def test_a_name_that_a_place_has_is_refused_in_the_form(desk, zhengzhou, name):
    data = {"place": zhengzhou.pk, "name": name, "kind": "alias", "source": ""}
    response = desk.post(reverse("placename:add"), data)
    expected = "名称不能为空。" if name == "\u200b" else "这个地方已有同样的名称。"
    assert response.context["form"].errors == {"name": [expected]}
    assert PlaceName.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_any_length(desk, rows, django_assert_num_queries):
    for _ in range(rows):
        OrganisationFactory(place=PlaceFactory())
    desk.get(reverse("organisation:index"))
    with django_assert_num_queries(12):
        desk.get(reverse("organisation:index"))
    assert Organisation.objects.count() == rows


def test_the_sign_in_page_is_chinese_and_names_the_site(client):
    text = client.get(reverse("wagtailadmin_login")).content.decode()
    words = ("登录有据编辑后台", "密码", "<title>登录 - 有据</title>")
    assert [word in text for word in words] == [True, True, True]


def test_the_desk_leaves_out_help_in_english(desk):
    response = desk.get(reverse("wagtailadmin_home"))
    assert '"help"' not in response.content.decode()


def exported(response):
    return b"".join(response.streaming_content).decode("utf-8")


def test_an_export_opens_in_excel_and_holds_no_formula(desk, zhengzhou):
    PlaceFactory(code="x-zone", name="=1+1", short_name="@x", level="zone", parent=zhengzhou)
    assert exported(desk.get(reverse("place:index"), {"export": "csv"})).split("\r\n") == [
        "\ufeff代码,名称,简称,级别,上级",
        "410100,郑州市,郑州,地级,",
        "410200,开封市,开封,地级,",
        "x-zone,'=1+1,'@x,功能区,郑州市",
        "",
    ]


def test_an_export_says_what_kind_a_name_is(desk, zhengzhou):
    text = exported(desk.get(reverse("placename:index"), {"export": "csv"}))
    assert text == "\ufeff名称,地方,类型,依据\r\n绿城,郑州市,别名,\r\n"


def test_the_chooser_tells_places_of_one_name_apart(desk, zhengzhou):
    page = desk.get(reverse("place_chooser:choose_results")).content.decode()
    assert [word in page for word in ("名称", "级别", "代码", "地级", "410100")] == [True] * 5
