"""A text in a data file, and the body that it becomes.

A manuscript is a TOML file: a few fields, and `[[body]]` entries, one for each block. A paragraph's
text is inline HTML, a line for each paragraph. What a file points at by name (pictures, documents,
other manuscripts, records) is looked up in `Attachments`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from news.blocks import StoryBlock


@dataclass(frozen=True)
class Attachments:
    """The keys, by file, manuscript or record name, of what bodies may point at."""

    pictures: Mapping[str, int] = field(default_factory=dict)
    documents: Mapping[str, int] = field(default_factory=dict)
    stories: Mapping[str, int] = field(default_factory=dict)
    notices: Mapping[str, int] = field(default_factory=dict)
    institutions: Mapping[str, int] = field(default_factory=dict)
    editions: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)


def read_manuscripts(folder: Path):
    """Return {file name without ending: its fields} of every manuscript in `folder`, by name."""
    return {
        file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.toml"))
    }


def _picture(entry, attachments):
    words = {name: entry.get(name, "") for name in ("alt", "caption", "credit")}
    return {"picture": attachments.pictures[entry["file"]], **words}


def _table(entry):
    rows = [{"values": row} for row in entry["rows"]]
    return {
        "caption": entry["caption"],
        "table": {"columns": entry["columns"], "rows": rows},
        "source": entry.get("source", ""),
    }


def _value(entry, attachments):
    """Return the stored form of one block."""
    match entry["type"]:
        case "paragraph":
            lines = filter(None, map(str.strip, entry["text"].splitlines()))
            return "".join(f"<p>{line}</p>" for line in lines)
        case "picture":
            return _picture(entry, attachments)
        case "gallery":
            pictures = [_picture(picture, attachments) for picture in entry["pictures"]]
            return {"title": entry.get("title", ""), "pictures": pictures}
        case "table":
            return _table(entry)
        case "document":
            document = attachments.documents[entry["file"]]
            return {"document": document, "note": entry.get("note", "")}
        case "related":
            stories = [attachments.stories[name] for name in entry["stories"]]
            return {"title": entry["title"], "stories": stories}
        case "notice_list":
            notice = attachments.notices[entry["notice"]]
            return {"title": entry.get("title", ""), "notice": notice}
        case "institution_card":
            return {"institution": attachments.institutions[entry["institution"]]}
        case "ranking":
            marked = [attachments.places[code] for code in entry.get("highlighted", ())]
            edition = attachments.editions[entry["edition"]]
            return {**_plain(entry), "edition": edition, "highlighted": marked}
        case _:
            return _plain(entry)


def _plain(entry):
    return {name: value for name, value in entry.items() if name != "type"}


def body_of(manuscript, attachments=None):
    """Return the body of `manuscript` as a stream value, cleaned as the editors' form would clean it.

    Raises `KeyError` for a name that `attachments` does not know, `ValidationError` for a block that
    the form would refuse.
    """
    attachments = attachments or Attachments()
    block = StoryBlock()
    stored = [
        {"type": entry["type"], "value": _value(entry, attachments)} for entry in manuscript["body"]
    ]
    return block.clean(block.to_python(stored))
