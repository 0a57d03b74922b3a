"""The rules of the house that can be read from its source: who imports whom, what is not there.

Nothing is imported and nothing is exempt: a rule that cannot be kept is a rule to change.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = {"portal", "indices", "institutions", "news"}
# What stands above an app and is therefore unknown to it.
UNKNOWN_TO = {
    "portal": {"indices", "institutions", "news", "tests"},
    "indices": {"institutions", "news", "tests"},
    "institutions": {"indices", "news", "tests"},
    "news": {"tests"},
}
ROOF = {"portal/urls.py", "portal/settings.py"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "services", "misc"}
DOTTED = re.compile(r"[^\W\d]\w*(\.\w+)+")
MODULE_LINES = 300
FUNCTION_LINES = 40

SOURCES = sorted(
    path.relative_to(ROOT).as_posix() for app in APPS for path in (ROOT / app).rglob("*.py")
)
WRITTEN = [path for path in SOURCES if "/migrations/" not in path]
MODULES = [path for path in WRITTEN if (ROOT / path).stat().st_size]
TESTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("templates", *APPS)
    for path in (ROOT / folder).rglob("*.html")
)


def tree(path):
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def imported(path):
    """Return the first part of every module that `path` imports, anywhere in it, or names in a
    dotted string ("news.ArticlePage" asks for an app as much as an import does)."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(path.split("/")[0] if node.level else node.module.split(".")[0])
        elif isinstance(node, ast.Constant) and DOTTED.fullmatch(str(node.value)):
            names.add(node.value.split(".")[0])
    return names


def test_the_lists_are_not_empty():
    assert {path.split("/")[0] for path in MODULES} == APPS


@pytest.mark.parametrize("app", sorted(APPS))
def test_imports_point_one_way(app):
    upward = {
        path: sorted(imported(path) & UNKNOWN_TO[app])
        for path in SOURCES
        if path.startswith(f"{app}/") and path not in ROOF
    }
    assert {path: names for path, names in upward.items() if names} == {}


def test_no_import_depends_on_where_the_module_lies():
    relative = [
        f"{path}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_the_house_has_the_rooms_of_the_plan_and_no_other():
    rooms = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and path.name != "__pycache__"
    }
    assert rooms == APPS | {"templates", "tests"}


def test_no_module_is_named_after_nothing():
    assert [
        path
        for path in [*SOURCES, *TESTS]
        if FORBIDDEN_NAMES & {*Path(path).parts, Path(path).stem}
    ] == []


def test_every_module_says_what_it_knows():
    assert [path for path in MODULES if not ast.get_docstring(tree(path))] == []


def test_no_module_asks_to_be_two():
    lines = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in MODULES}
    assert {path: count for path, count in lines.items() if count > MODULE_LINES} == {}


def test_no_function_asks_to_be_two():
    long = [
        f"{path}:{node.lineno} {node.name} {node.end_lineno - node.lineno + 1}"
        for path in [*MODULES, *TESTS]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def test_nothing_is_put_off():
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [
        path
        for path in [*WRITTEN, *TEMPLATES]
        if later.search((ROOT / path).read_text(encoding="utf-8"))
    ] == []


def test_code_never_saves_a_page():
    """Rule 7 of the house: `save_revision().publish()`, so that every version is kept."""
    saves = [
        f"{path}:{node.lineno}"
        for path in WRITTEN
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "save"
        and re.search(r"(^|[._])(page|article)$", ast.unparse(node.func.value))
    ]
    assert saves == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_carry_no_style_and_no_script(template):
    """The public policy refuses them; the admin's are kept clean too. Data blocks are no scripts."""
    text = (ROOT / template).read_text(encoding="utf-8")
    inline = re.findall(r"<style\b|<script\b(?![^>]*\b(?:src|type=\"application/)[^>]*>)", text)
    attributes = re.findall(r"<[a-zA-Z][^<>]*\s(style|on[a-z]+)\s*=\s*[\"']", text)
    assert inline + attributes == []
