"""The compiled translations are those of the .po files: nobody forgot to compile."""

import ast
import gettext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted(ROOT.glob("*/locale/*/LC_MESSAGES/*.po"))
CONTEXT_END = "\x04"


def messages(path):
    """Return {key: translation} of a .po file as gettext keys it; fuzzy and empty ones are left out."""
    found, entry, field, fuzzy = {}, {}, None, False
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#,"):
            fuzzy = "fuzzy" in line
        elif line.startswith("msg"):
            field, text = line.split(maxsplit=1)
            entry[field] = ast.literal_eval(text)
        elif line.startswith('"'):
            entry[field] += ast.literal_eval(line)
        elif not line.strip() and entry:
            if not fuzzy:
                found |= keyed(entry)
            entry, fuzzy = {}, False
    return found


def keyed(entry):
    context = entry["msgctxt"] + CONTEXT_END if "msgctxt" in entry else ""
    key = context + entry["msgid"]
    if "msgid_plural" in entry:
        plurals = (f for f in entry if f.startswith("msgstr["))
        return {(key, int(f[7:-1])): entry[f] for f in plurals if entry[f]}
    return {key: entry["msgstr"]} if entry["msgstr"] else {}


def test_every_catalogue_is_compiled_as_it_stands():
    for path in CATALOGUES:
        with path.with_suffix(".mo").open("rb") as compiled:
            assert gettext.GNUTranslations(compiled)._catalog == messages(path), path


def test_the_reader_of_catalogues(tmp_path):
    path = tmp_path / "django.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain\\n"\n\n'
        'msgctxt "tab"\nmsgid "Promote"\nmsgstr "推广\\"设置\\""\n\n'
        '#, fuzzy\nmsgid "Draft"\nmsgstr "草"\n\n'
        'msgid "Live"\nmsgstr ""\n\n'
        'msgid "%d page"\nmsgid_plural "%d pages"\nmsgstr[0] "%d "\n"页"\n',
        encoding="utf-8",
    )
    assert messages(path) == {
        "": "Content-Type: text/plain\n",
        "tab\x04Promote": '推广"设置"',
        ("%d page", 0): "%d 页",
    }
