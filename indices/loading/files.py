"""Files of scores as sheets of rows: from a path, or as they were uploaded.

A CSV file on disk is read as a stream and may be of any length; a workbook, and whatever comes in over the
web, has the limits of `portal.tabular`. A sheet's rows can be gone through as often as one likes.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from portal.tabular import MAX_FILE_BYTES, UnreadableFile, read_sheets, streamed_rows

_LONGEST_NAME = 255


@dataclass(frozen=True)
class Streamed:
    """The rows of a CSV file on disk; each pass reads it anew."""

    path: Path

    def __iter__(self):
        return streamed_rows(self.path)


@dataclass(frozen=True)
class StreamedSheet:
    """The one sheet of a CSV file on disk: what `portal.tabular.Sheet` is, but for the list of rows."""

    name: str
    rows: Streamed


@dataclass(frozen=True)
class ScoreFile:
    """One file: its name, its SHA-256, its sheets."""

    name: str
    sha256: str
    sheets: list


def uploaded_file(upload):
    """Return the ScoreFile of an upload (`portal.importing.Upload`). Raises UnreadableFile."""
    digest = hashlib.sha256(upload.data).hexdigest()
    return ScoreFile(upload.name, digest, read_sheets(upload.name, upload.data))


def file_at(path: Path):
    """Return the ScoreFile at a path. Raises UnreadableFile, also where there is no such file."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if path.suffix.lower() in {".csv", ".tsv"}:
            sheets = [StreamedSheet("", Streamed(path))]
        else:
            with path.open("rb") as file:
                sheets = read_sheets(path.name, file.read(MAX_FILE_BYTES + 1))
    except OSError as error:
        raise UnreadableFile(f"读不到文件 {path}。") from error
    return ScoreFile(path.name[-_LONGEST_NAME:], digest, sheets)
