"""The parts of the notice reader: brackets, actions, categories, dates, places, heads, numbers."""

import pytest

from institutions.noticetext import actions, brackets, categories, counting, dates, folding, heads
from institutions.noticetext.names import is_name, name_end
from institutions.noticetext.places import Area, counties_of, infer_city


@pytest.mark.parametrize(
    ("name", "meaning", "words"),
    [
        ("示例医院（原示例矿工医院）", "former_name", "示例矿工医院"),
        ("示例医院（又名示例红十字医院）", "alias", "示例红十字医院"),
        ("示例医院（东院区）", "campus", "东院区"),
        ("示例医院（检验科）", "department", "检验科"),
        ("示例医院（含南北两区）", "includes", "南北两区"),
        ("示例医院（三级甲等）", "remark", "三级甲等"),
        ("示例医院（三厂）", "", "三厂"),
        ("示例药房（有限合伙）", "", "有限合伙"),
    ],
)
def test_a_bracket_at_the_end_has_one_meaning(name, meaning, words):
    assert [(one.meaning, one.words) for one in brackets.read_brackets(name)] == [(meaning, words)]


def test_a_bracket_inside_a_name_is_part_of_it():
    assert brackets.read_brackets("河东（云泽）示例医院") == []


@pytest.mark.parametrize(
    ("words", "action", "printed"),
    [
        ("新增定点医疗机构", "designate", "新增"),
        ("取消定点资格", "revoke", "取消"),
        ("解除医保服务协议", "revoke", "解除协议"),
        ("终止", "revoke", "终止"),
        ("到期不再续签", "revoke", "到期不再续签"),
        ("主动退出", "revoke", "退出"),
        ("注销登记", "revoke", "注销"),
        ("暂停医保结算", "suspend", "暂停"),
        ("中止协议", "suspend", "中止"),
        ("恢复医保结算", "resume", "恢复"),
        ("解除暂停", "resume", "解除暂停"),
        ("续签协议", "renew", "续签"),
        ("名称变更", "rename", "更名"),
        ("合并", "merge", "合并"),
        ("法人信息变更", None, "变更"),
    ],
)
def test_each_action_by_its_words(words, action, printed):
    act = actions.act_of(words)
    assert (act.action, act.printed) == (action, printed)


def test_a_condition_is_no_action():
    assert actions.act_of("违反规定的可以取消资格") is None


@pytest.mark.parametrize(
    ("words", "canonical"),
    [
        ("工伤保险协议医疗服务机构", "工伤保险协议医疗机构"),
        ("医疗保险定点零售药店", "医保定点零售药店"),
        ("城乡居民基本医疗保险定点医院", "城乡居民医保定点医院"),
        ("新型冠状病毒核酸检测医疗机构", "新冠病毒核酸检测机构"),
        ("长护险定点服务机构", "长期护理保险定点服务机构"),
        ("工伤保险定点医疗（康复）机构", "工伤保险定点医疗（康复）机构"),
        ("跨省异地就医直接结算定点医院", "跨省异地就医直接结算定点医院"),
    ],
)
def test_a_category_has_one_spelling(words, canonical):
    assert [phrase.canonical for phrase in categories.find_phrases(words)] == [canonical]


def test_a_hospital_in_general_is_no_category():
    assert categories.find_phrases("各医院要加强管理") == []


def test_a_category_without_scheme_takes_the_documents():
    everywhere = categories.find_phrases("工伤保险定点医疗机构；定点康复机构")
    rehabilitation = everywhere[1]
    assert categories.completed(rehabilitation, everywhere, "", "") == "工伤保险定点康复机构"
    medical = categories.find_phrases("定点医疗机构")[0]
    assert categories.completed(medical, [medical], "示例市医疗保障局", "") == "医保定点医疗机构"
    assert categories.completed(medical, [medical], "", "") == "定点医疗机构"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("自2021年1月1日起执行", "2021-01-01"),
        ("从2021-3-8起", "2021-03-08"),
        ("二〇二一年四月二十日起", None),
        ("5月4日起增加", "05-04 (year not in the text)"),
        ("自2021年1月1日至2022年12月31日", None),
        ("自2021年2月30日起", None),
    ],
)
def test_the_day_from_which_something_holds(words, day):
    assert dates.effective(words) == day


def test_a_chinese_date_alone_on_its_line():
    assert dates.alone(folding.fold("二〇二一年七月二十日")) == "2021-07-20"
    assert dates.alone("2021年7月20日公布") is None


def test_the_term_of_an_agreement():
    words = "协议有效期自2021年1月1日至2022年12月31日"
    assert dates.term(words) == ("2021-01-01", "2022-12-31")
    assert dates.term("2021年1月1日至2022年12月31日放假") == (None, None)


def test_districts_of_a_city():
    area = Area("郑州市")
    assert area.in_line("金水") == "金水区"
    assert area.in_line("管城区") == "管城回族区"
    assert area.in_line("航空港区") == "航空港区"
    assert area.in_line("市直") is None
    assert area.in_name("郑州市金水区示例医院", with_cities=False) == "金水区"
    assert area.in_name("新密市示例医院", with_cities=False) is None
    assert area.in_name("新密市示例医院", with_cities=True) == "新密市"
    assert area.in_name("郑州西区示例医院", with_cities=True) is None
    assert area.in_address("河南省郑州市二七区大学路1号") == "二七区"


def test_a_city_is_inferred_only_with_grounds():
    assert infer_city(["云泽 许昌市人社局"], []) == "许昌市"
    assert infer_city([], ["万柏林区示例医院"]) == "太原市"
    assert infer_city([], ["朝阳区示例医院"]) is None
    assert infer_city(["医保定点医院"], []) is None


def test_the_list_of_divisions_is_whole():
    assert len(counties_of()) == 372
    assert counties_of()["鹤壁市"] == ("鹤山区", "山城区", "淇滨区", "浚县", "淇县")


@pytest.mark.parametrize(
    ("printed", "city", "full"),
    [
        ("市人社局", "许昌市", "许昌市人力资源和社会保障局"),
        ("市医保局", None, "市医保局"),
        ("许昌市卫健委", "许昌市", "许昌市卫健委"),
        (None, "许昌市", "许昌市"),
        (None, None, None),
    ],
)
def test_the_issuer_in_full(printed, city, full):
    assert heads.full_issuer(printed, city) == full


@pytest.mark.parametrize(
    "number",
    [
        "许人社办〔2020〕12号",
        "许人社办[2020]12号",
        "许人社办（2020）12号",
        "许人社办【2020】12号",
        "2020年第3号",
    ],
)
def test_a_document_number_in_all_brackets(number):
    text = f"印发{number}文件，"
    assert heads.doc_number(text, folding.fold(text)) == number


def test_counts_and_totals():
    found = counting.counts_in("新增4所检测机构，至此全市机构共36所")
    assert [(count.number, count.whole) for count in found] == [(4, False), (36, True)]
    assert counting.total_in("新增定点医院（十一家）：") == 11
    assert counting.counts_in("检查了3个方面") == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("示例和平医院", True),
        ("示例（东区）骨科医院", True),
        ("定点医疗机构", False),
        ("示例市医疗保障局", False),
        ("各医院", False),
        ("同意示例医院", False),
    ],
)
def test_what_reads_as_a_name(words, answer):
    assert is_name(words) is answer


def test_a_name_ends_before_its_predicate():
    assert name_end("示例29分店在店内售卖日用品") == len("示例29分店")
    assert name_end("没有机构的句子") == 0


def test_chinese_numbers():
    words = ["12", "十", "十一", "二十", "三十二", "两百零五", "二零二一"]
    assert [folding.number_of(word) for word in words] == [12, 10, 11, 20, 32, 205, 2021]


def test_a_county_that_became_a_district_is_named_as_printed():
    assert Area("汉中市").in_name("南郑区示例医院", with_cities=True) == "南郑区"
    assert Area("赣州市").in_name("赣县区示例医院", with_cities=True) == "赣县区"
    assert Area("汉中市").in_name("南郑县区域医疗中心", with_cities=True) == "南郑县"


def test_two_categories_joined_after_an_outpatient_clinic_are_two():
    words = "发热门诊和新冠病毒核酸检测机构"
    found = [phrase.printed for phrase in categories.find_phrases(words)]
    assert found == ["发热门诊", "新冠病毒核酸检测机构"]


def test_the_number_of_a_headline_counts_the_words_after_the_number_before():
    first, second = counting.counts_in("3家医院被解除协议 4家药店被暂停服务")
    assert (first.number, second.number, second.clause) == (3, 4, "4家药店被暂停服务")
