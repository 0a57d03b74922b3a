"""Addresses that nobody has to type: pinyin for names, day and number for stories."""

from django.db import models, transaction
from django.db.models import F, Q
from wagtail.admin.forms import WagtailAdminPageForm

from portal.names import pinyin_slug


def free_slug(wanted, taken):
    """Return `wanted`, or `wanted-2`, `wanted-3` … whichever `taken(slug)` says is free first."""
    slug, number = wanted, 1
    while taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug


class DaySequence(models.Model):
    """One day of the newsroom, and how many stories were begun on it: the source of their slugs."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=0), name="day_sequence_counts_up")
        ]

    def __str__(self):
        return f"{self.day:%Y%m%d}-{self.last}"

    @classmethod
    def take(cls, day):
        """Return the next slug of `day`, e.g. '20200819-3'; two callers never get the same one.

        The row stays locked until the caller's transaction ends; a transaction that fails gives its
        number back.
        """
        with transaction.atomic():
            cls.objects.get_or_create(day=day)
            cls.objects.filter(day=day).update(last=F("last") + 1)
            return str(cls.objects.get(day=day))

    @classmethod
    def take_many(cls, counts):
        """Return {day: its next slugs}, as many as `counts` asks for each day; see `take`.

        A few statements however many days. The days are locked in their order, so that two callers
        never wait for each other.
        """
        with transaction.atomic():
            cls.objects.bulk_create([cls(day=day) for day in sorted(counts)], ignore_conflicts=True)
            rows = list(cls.objects.filter(day__in=counts).order_by("day").select_for_update())
            taken = {}
            for row in rows:
                numbers = range(row.last + 1, row.last + 1 + counts[row.day])
                taken[row.day] = [f"{row.day:%Y%m%d}-{number}" for number in numbers]
                row.last += counts[row.day]
            cls.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["day"], update_fields=["last"]
            )
            return taken


class OptionalSlugForm(WagtailAdminPageForm):
    """A page form in which an empty address means: make one, or keep the one there is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self):
        return self.cleaned_data["slug"] or self.instance.slug


class PageWithOwnSlug(models.Model):
    """A page that names its address itself when the editor leaves it empty."""

    base_form_class = OptionalSlugForm

    class Meta:
        abstract = True

    def wanted_slug(self):
        """Return the address part that this page would like: its title in pinyin."""
        return pinyin_slug(self.title) or "page"

    def give_slug(self):
        """Fill an empty slug once the page has its place in the tree, where siblings are known."""
        if not self.slug and self.path:
            siblings = set(
                self.get_parent().get_children().exclude(pk=self.pk).values_list("slug", flat=True)
            )
            self.slug = free_slug(self.wanted_slug(), siblings.__contains__)

    def full_clean(self, *args, **kwargs):
        self.give_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self.give_slug()
        super().minimal_clean()
