"""Pasted blocks: which of their cells are places, headings and statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indices.grid.blocks import Block, BlockRow, column_of, read_block
from indices.grid.cellwords import RANK

COLUMNS = [(1, ("总指数", "overall")), (2, ("数字生活服务", "life"))]


def test_a_block_of_numbers_alone():
    assert read_block("1\t90.5\n2\t\n") == Block(
        None, (BlockRow(1, "", "", ("1", "90.5")), BlockRow(2, "", "", ("2", "")))
    )


def test_one_column_of_numbers():
    assert read_block("7\n8\n\n9") == Block(
        None,
        tuple(BlockRow(line, "", "", (cell,)) for line, cell in ((1, "7"), (2, "8"), (4, "9"))),
    )


def test_names_stand_first_and_headings_above():
    assert read_block("城市\t得分\t排名\n杭州\t90.5\t1\n郑州\t\t7") == Block(
        ("得分", "排名"),
        (BlockRow(2, "杭州", "", ("90.5", "1")), BlockRow(3, "郑州", "", ("", "7"))),
    )


def test_names_may_stand_after_the_ranks():
    assert read_block("排名\t城市\t得分\n1\t杭州\t90.5") == Block(
        ("排名", "得分"), (BlockRow(2, "杭州", "", ("1", "90.5")),)
    )


def test_a_column_of_six_digits_before_the_names_holds_codes():
    assert read_block("330100\t杭州\t1\n410100\t郑州\t7") == Block(
        None, (BlockRow(1, "杭州", "330100", ("1",)), BlockRow(2, "郑州", "410100", ("7",)))
    )


def test_codes_alone_are_known_by_their_heading():
    assert read_block("place_code\tlife_rank\nchn\t3") == Block(
        ("life_rank",), (BlockRow(2, "", "chn", ("3",)),)
    )


@pytest.mark.parametrize("text", ["杭州、郑州", "杭州 郑州", "杭州\n郑州", "杭州，郑州"])
def test_names_alone(text):
    assert [(row.name, row.cells) for row in read_block(text).rows] == [("杭州", ()), ("郑州", ())]


def test_lines_typed_by_hand():
    block = read_block("杭州 1\n郑州　第7\nUnited States 3")
    assert [(row.name, row.cells) for row in block.rows] == [
        ("杭州", ("1",)),
        ("郑州", ("第7",)),
        ("United States", ("3",)),
    ]


def test_a_cell_with_a_line_break_in_quotes_is_one_cell():
    assert read_block('"杭\n州"\t1').rows == (BlockRow(1, "杭\n州", "", ("1",)),)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (" \n\t\n", "没有内容，请先粘贴或写入地名。"),
        ("1\n" * 2001, "一次最多 2000 行；更多的数据请用文件导入。"),
    ],
)
def test_what_is_no_block(text, refusal):
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        read_block(text)
    assert str(refused.value) == refusal


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["杭州", "郑州", "宁波"]), st.integers(1, 99), st.integers(1, 99)
        ),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
)
def test_what_excel_copies_is_read_as_it_stood(rows, headed):
    lines = ["城市\t得分\t位次"] * headed + ["\t".join(map(str, row)) for row in rows]
    block = read_block("\r\n".join(lines))
    assert block.headings == (("得分", "位次") if headed else None)
    assert [(row.name, *row.cells) for row in block.rows] == [
        (name, str(score), str(rank)) for name, score, rank in rows
    ]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("总指数", (1, "score")),
        ("数字生活服务", (2, "score")),
        ("数字生活服务位次", (2, "rank")),
        ("数字生活服务（排名）", (2, "rank")),
        ("life", (2, "score")),
        ("LIFE_rank", (2, "rank")),
        ("life_rank_published", (2, "rank")),
        ("排名", (1, "rank")),
        ("得分", (1, "score")),
        ("人口", None),
        ("人口排名", None),
    ],
)
def test_what_a_heading_means(heading, found):
    assert column_of(heading, COLUMNS) == found


def test_a_bare_heading_means_the_rank_where_only_ranks_are_shown():
    assert column_of("life", COLUMNS, boxes=RANK) == (2, "rank")
