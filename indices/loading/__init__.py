"""Scores from files: CSV and XLSX, wide and long, with a preview and all or nothing.

`import_scores` is the verb, for the command and the desk alike; `ScoresImporter` its screens at the desk.
Hides how headings, cells and places are read, and how a million rows get into a draft release.
"""

from indices.loading.files import file_at, uploaded_file
from indices.loading.importer import ScoresForm, ScoresImporter
from indices.loading.importing import Order, import_scores
from indices.loading.outcomes import Outcome

__all__ = [
    "Order",
    "Outcome",
    "ScoresForm",
    "ScoresImporter",
    "file_at",
    "import_scores",
    "uploaded_file",
]
