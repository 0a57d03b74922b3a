"""The names and synonyms that the demonstration holds, read from its files: no database is asked."""

import csv
import tomllib
from pathlib import Path

import institutions
import portal
from portal.search.vocabulary import Vocabulary

_PLACES = Path(portal.__file__).parent / "demo" / "places.csv"
_SYNONYMS = Path(portal.__file__).parent / "demo" / "synonyms.csv"
_REGISTER = Path(institutions.__file__).parent / "demo" / "register.toml"
_STORIES = Path(__file__).parent / "stories"


def _places():
    with _PLACES.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            others = [part.rpartition("：")[2] for part in row["other_names"].split("；")]
            names = (row["short_name"], row["name"], *others)
            yield tuple(name.strip() for name in names if name.strip())


def _institutions():
    for entry in tomllib.loads(_REGISTER.read_text(encoding="utf-8"))["institutions"]:
        yield (entry["name"], *(other["name"] for other in entry.get("names", ())))


def _people():
    for path in sorted(_STORIES.glob("*.toml")):
        for credit in tomllib.loads(path.read_text(encoding="utf-8")).get("credits", ()):
            yield (credit["name"],)


def synonyms() -> list[tuple[str, ...]]:
    """Return the groups of words that mean the same."""
    with _SYNONYMS.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file) if row]


def vocabulary() -> Vocabulary:
    """Return the synonyms and, each with its other names, the places, institutions and people."""
    names = [*_places(), *_institutions(), *dict.fromkeys(_people())]
    return Vocabulary(names, synonyms())
