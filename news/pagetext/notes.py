"""What the page reader changed or left out, so that no character goes missing unnoticed.

Knows the one scheme by which a note names the characters it took away. It hides nothing: `dropped` holds
them literally, and the printed note ends with them between 「 and 」, which a machine can read back.
"""

from dataclasses import dataclass

OPEN, CLOSE = "「", "」"


@dataclass(frozen=True)
class Note:
    """One remark of the reader: `message` for the editor, `dropped` the characters it took out of the text."""

    kind: str
    message: str
    dropped: str = ""

    def __str__(self):
        """The note as the editor and the JSON see it. Only a note that ends with 」 has dropped anything."""
        return f"{self.message}{OPEN}{self.dropped}{CLOSE}" if self.dropped else self.message


def dropped_in(printed: str) -> str:
    """The characters that a printed note names as dropped: all between the first 「 and the last 」."""
    if not printed.endswith(CLOSE):
        return ""
    return printed[printed.index(OPEN) + 1 : -1]


def gathered(kind: str, message: str, pieces: list[str]) -> list[Note]:
    """One note for many dropped pieces of a kind, with how many; no note when nothing was dropped."""
    pieces = [piece for piece in pieces if piece.strip()]
    if not pieces:
        return []
    return [Note(kind, f"{message}（{len(pieces)}处）", " ".join(pieces))]
