"""Words that mean the same for those who search."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from portal.names import fold

MOST_WORDS = 12


class Synonym(models.Model):
    """One group of words that search takes for each other (停暖, 停止供暖), kept by editors.

    `words` are separated by spaces; the usual one stands first.
    """

    words = models.CharField(
        "同义词",
        max_length=200,
        unique=True,
        help_text="两个以上，用空格分开，如“停暖 停止供暖 停止供热”。常用的写在最前。",
    )
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "同义词"
        verbose_name_plural = "同义词"
        ordering = ["words"]
        constraints = [
            models.CheckConstraint(
                condition=Q(words__contains=" "),
                name="synonym_has_two_words",
                violation_error_message="至少写两个词，用空格分开。",
            ),
        ]

    def __str__(self):
        return "、".join(self.group)

    @property
    def group(self) -> tuple[str, ...]:
        """The words of the group."""
        return tuple(self.words.split())

    def clean(self):
        super().clean()
        words = {fold(word): word for word in self.words.split() if fold(word)}
        if len(words) < 2:
            raise ValidationError({"words": "至少写两个不同的词，用空格分开。"})
        if len(words) > MOST_WORDS:
            raise ValidationError({"words": f"一组至多 {MOST_WORDS} 个词。"})
        self.words = " ".join(words.values())
