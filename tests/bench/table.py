"""The bench's table, in columns that stay straight although a Chinese character is two wide."""

import sys
from unicodedata import east_asian_width

PAGES = (
    ("home", "首页"),
    ("section_first", "栏目第一页"),
    ("section_last", "栏目最后一页"),
    ("article", "稿件，各种内容块"),
)
REGISTER_PAGES = (
    ("finder", "查机构，一个制度的第一页"),
    ("finder_narrow", "查机构，类别、区和日期"),
    ("finder_name", "查机构，按拼音"),
    ("check", "按日期查资格"),
    ("institution", "机构页"),
    ("notice", "通知页，20,000 条的第一页"),
)
INDEX_PAGES = (
    ("edition", "版次页，300 地 × 10 维度"),
    ("edition_sorted", "　　按一个维度排"),
    ("series", "指数页，15 版"),
    ("compare", "对比页，5 地 × 10 维度"),
    ("place", "地方页，20 个指数 × 15 版"),
)
API_LISTS = (
    ("articles", "稿件"),
    ("institutions", "机构"),
    ("designations", "定点记录"),
    ("scores", "得分"),
    ("places", "地方"),
    ("changes", "变更"),
)
CHARTS = (
    ("BarChart", "条形图，30 条"),
    ("LineChart", "折线图，5 × 15"),
    ("DotChart", "点图，5 × 15"),
)
NAME_WIDTH = 40
CELL_WIDTH = 9
GAP = "   "


def _width(text):
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _left(text, width):
    return text + " " * (width - _width(text))


def _right(text, width):
    return " " * (width - _width(text)) + text


def _row(name, groups):
    cells = ["".join(_right(cell, CELL_WIDTH) for cell in group) for group in groups]
    return GAP.join([_left(name, NAME_WIDTH), *cells]).rstrip()


def _page_cells(figures):
    return [
        f"{figures['rate']:,.0f}",
        f"{figures['p50']:.1f}",
        f"{figures['p99']:.1f}",
        f"{figures['queries']}",
        f"{figures['bytes']:,}",
    ]


def _page_rows(results, sizes):
    for key, name in PAGES:
        for size in sizes:
            groups = [_page_cells(figures[f"pages {size}"][key]) for figures in results.values()]
            yield _row(f"{name}（旧稿 {size:,} 篇）", groups)


def _rows_of(results, stage, pages):
    for key, name in pages:
        groups = [_page_cells(figures[stage][key]) for figures in results.values()]
        yield _row(name, groups)


def _score_rows(results, sizes):
    for size in sizes:
        jobs = [figures[f"scores {size}"] for figures in results.values()]
        cells = [_job_cells(j["seconds"], f"{j['rate']:,.0f} 行", j["megabytes"]) for j in jobs]
        yield _row(f"导入并发布得分 {size:,} 行", cells)
    exports = [figures["export"] for figures in results.values()]
    for name, key in (("　　首字节", "first"), (f"导出得分 {sizes[-1]:,} 行（CSV）", "seconds")):
        yield _row(name, [_job_cells(e[key], megabytes=e["megabytes"]) for e in exports])
    for key, name in CHARTS:
        drawn = [figures["charts"][key] for figures in results.values()]
        for words, times in (
            (f"{name}，{drawn[0]['bytes']:,} 字节", "anew"),
            ("　　取自缓存", "again"),
        ):
            yield _row(words, [_job_cells(chart[times] / 1000) for chart in drawn])


def _api_rows(results):
    for key, name in API_LISTS:
        for suffix, words in (("", "第一页"), ("_far", "第 21 页")):
            groups = [_page_cells(figures["api"][f"{key}{suffix}"]) for figures in results.values()]
            yield _row(f"{name}，{words}", groups)


def _api_file_rows(results):
    for key, name in API_LISTS:
        files = [f["api files"][key] for f in results.values() if key in f["api files"]]
        if files:
            cells = [_job_cells(file["first"]) for file in files]
            yield _row("　　首字节", cells)
            cells = [
                _job_cells(file["seconds"], f"{file['rows']:,} 行", file["megabytes"])
                for file in files
            ]
            yield _row(f"接口整张 CSV：{name}", cells)


def _question_cells(figures):
    return [
        f"{figures['rate']:,.0f}",
        f"{figures['p50']:.1f}",
        f"{figures['p99']:.1f}",
        f"{figures['total']:,}",
        f"{figures['most']:,}",
    ]


def _search_rows(results):
    asked = [figures["search_queries"] for figures in results.values()]
    stock = [figures["search_stock"]["asked"] for figures in results.values()]
    for name, groups in (
        ("两个词", [one["ours"] for one in asked]),
        ("两个词，逐行包含（icontains）", [one["icontains"] for one in asked]),
        ("两个词，搜索库自带的索引", stock),
        ("一个字", [one["single"] for one in asked]),
    ):
        yield _row(name, [_question_cells(one) for one in groups])


def _search_job_rows(results):
    for key, name in (("search_index", "索引 50,000 篇"), ("search_stock", "自带的索引")):
        built = [(f[key], f["searched"]["bytes"]) for f in results.values()]
        cells = [
            _job_cells(one["seconds"], f"{one['bytes'] / size:.2f} 倍", one["megabytes"])
            for one, size in built
        ]
        yield _row(f"{name}（为文本字节的几倍）", cells)


def _job_cells(seconds, rate="", megabytes=None):
    return [
        f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}",
        rate,
        "" if megabytes is None else f"{megabytes:.0f}",
        "",
        "",
    ]


def _job_rows(results, readers, imported):
    archives = [figures["import"] for figures in results.values()]
    yield _row(
        f"导入旧稿 {imported:,} 篇",
        [_job_cells(a["seconds"], f"{a['rate']:,.0f} 篇", a["megabytes"]) for a in archives],
    )
    starts = [figures["prepare"] for figures in results.values()]
    for key, name in (
        ("places_seconds", f"载入地方表 {starts[0]['places']} 行"),
        ("places_again_seconds", "　　再载入一次"),
        ("demo_seconds", "载入示范内容"),
        ("demo_again_seconds", "　　再载入一次"),
    ):
        yield _row(name, [_job_cells(start[key]) for start in starts])
    rosters = [figures["roster"] for figures in results.values()]
    yield _row(
        "导入名册 20,000 行",
        [_job_cells(r["seconds"], f"{r['rate']:,.0f} 行", r["megabytes"]) for r in rosters],
    )
    notices = [figures["designations"] for figures in results.values()]
    yield _row(
        f"发布通知 {notices[0]['lines']:,} 条",
        [_job_cells(n["seconds"], f"{n['rate']:,.0f} 条", n["megabytes"]) for n in notices],
    )
    page, notice = readers["reader"], readers["notice_reader"]
    for name, read in (
        (f"读版 1 MB，{page['stories']:,} 篇（不用数据库）", page),
        (f"读通知 1 MB，{notice['entries']:,} 条（不用数据库）", notice),
    ):
        yield _row(name, [_job_cells(read["seconds"], megabytes=read["megabytes"])])


def show(results, readers, sizes, imported, scores):
    """Print the figures of each database side by side; `results` is {database: figures}."""
    databases = [[database, "", "", "", ""] for database in results]
    page_heads = [["请求/秒", "p50 毫秒", "p99 毫秒", "查询", "字节"] for _ in results]
    job_heads = [["秒", "每秒", "增加 MB", "", ""] for _ in results]
    rows = [
        _row("", databases),
        _row("页面（一个进程，逐个请求，不缓存）", page_heads),
        *_page_rows(results, sizes),
        "",
        _row("登记册：20,000 家机构，100,000 条定点记录", page_heads),
        *_rows_of(results, "register", REGISTER_PAGES),
        "",
        _row("指数", page_heads),
        *_rows_of(results, "indices", INDEX_PAGES),
        "",
        _row("开放接口，一页 100 行", page_heads),
        *_api_rows(results),
        "",
        _row(
            "搜索：50,000 篇，每篇 1,500 字",
            [["查询/秒", "p50 毫秒", "p99 毫秒", "共找到", "至多"] for _ in results],
        ),
        *_search_rows(results),
        _row("　　搜索页", [_page_cells(f["search_queries"]["page"]) for f in results.values()]),
        "",
        _row("一次性的工作（内存为高出空闲时的峰值）", job_heads),
        *_job_rows(results, readers, imported),
        *_score_rows(results, scores),
        *_api_file_rows(results),
        *_search_job_rows(results),
    ]
    sys.stdout.write("\n".join(rows) + "\n")
