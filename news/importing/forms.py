"""The forms of importing a page at the desk: its text, then its stories as they were read, to be corrected.

Between the two steps nothing is stored: the second form carries all, and what it carries is checked
anew. Only the digest by which a story is recognised later is signed, because nobody can check it by eye.
"""

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from news.blocks import LONGEST_HEADING
from news.bylines import credit_rows
from news.importing.drafting import Draft
from news.models import ArticleCredit, ArticlePage, SectionPage
from news.pagetext.credits import Credit
from news.pagetext.reader import Entry, read_page
from news.pasting import tidy_line
from portal.textfiles import MAX_BYTES, UnreadableFile, read_text
from portal.widgets import DayInput

MAX_TEXT = 300_000
MAX_STORIES = 40
MAX_CREDITS = 40
HEADING_MARK = "【小标题】"

_signer = signing.Signer(salt="news.import_page")


def _length(name, model=ArticlePage):
    return model._meta.get_field(name).max_length


class Line(forms.CharField):
    """One line of a story; optional unless said otherwise."""

    def __init__(self, label, max_length, **kwargs):
        super().__init__(
            label=label,
            max_length=max_length,
            required=False,
            error_messages={"max_length": "最多 %(limit_value)d 字，现在是 %(show_value)d 字。"},
            **kwargs,
        )

    def to_python(self, value):
        return tidy_line(super().to_python(value))


class PlacementForm(forms.Form):
    """Where the stories of a page go, and when they were printed."""

    section = forms.ModelChoiceField(
        label="栏目",
        queryset=SectionPage.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择栏目。", "invalid_choice": "您不能在这个栏目写稿。"},
    )
    printed_on = forms.DateField(
        label="见报日期",
        required=False,
        widget=DayInput,
        error_messages={"invalid": "请填写日期，如 2020-08-19。"},
    )

    def __init__(self, *args, sections, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = SectionPage.objects.filter(
            pk__in=[section.pk for section in sections]
        ).order_by("path")


class PageTextForm(PlacementForm):
    """The text of a page: a file or pasted, exactly one of them."""

    file = forms.FileField(
        label="版面文件",
        required=False,
        allow_empty_file=True,
        help_text=".docx、有文字的 .pdf，或 UTF-8、GB18030 编码的 .txt，最大 5 MB。",
    )
    text = forms.CharField(
        label="或粘贴版面文字",
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"max_length": "最多 %(limit_value)d 字，现在是 %(show_value)d 字。"},
    )
    field_order = ["file", "text", "section", "printed_on"]

    def clean(self):
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("text")
        if self.errors:
            return cleaned
        if bool(file) == bool(text):
            raise ValidationError("请上传一个文件，或粘贴文字，二选一。")
        cleaned["stories"] = self._stories(file, text)
        return cleaned

    def _stories(self, file, text):
        name, data = (file.name, file.read(MAX_BYTES + 1)) if file else ("page.txt", text.encode())
        try:
            text = read_text(name, data)
        except UnreadableFile as error:
            raise ValidationError(str(error)) from error
        if len(text) > MAX_TEXT:
            raise ValidationError(f"版面有 {len(text)} 字，一次最多 {MAX_TEXT} 字，请分开导入。")
        stories = read_page(text).stories
        if not stories:
            raise ValidationError("没有读到文字。")
        if len(stories) > MAX_STORIES:
            raise ValidationError(
                f"读到 {len(stories)} 篇，一次最多 {MAX_STORIES} 篇，请分开导入。"
            )
        return stories


class CreditForm(forms.Form):
    """One row of the byline; a row without a name is left out."""

    role = forms.ChoiceField(
        label="角色", choices=ArticleCredit.Role.choices, initial=ArticleCredit.Role.REPORTER
    )
    affiliation = Line("单位", _length("affiliation", ArticleCredit))
    name = Line("姓名", _length("name", ArticleCredit))


CreditFormSet = forms.formset_factory(
    CreditForm, extra=1, max_num=MAX_CREDITS, absolute_max=MAX_CREDITS, validate_max=True
)


class StoryForm(forms.Form):
    """One story as read, to be corrected, or left out."""

    include = forms.BooleanField(label="导入这一篇", required=False)
    split = forms.ChoiceField(
        label="标题可能由几行连成",
        choices=[("printed", "照原样"), ("offered", "拆开")],
        widget=forms.RadioSelect,
        initial="printed",
    )
    offered_kicker = Line("拆开后的引题", _length("kicker"))
    offered_headline = Line("拆开后的主题", _length("title"))
    offered_deck = Line("拆开后的副题", _length("deck"))
    kicker = Line("引题", _length("kicker"))
    headline = Line("主题", _length("title"))
    deck = Line("副题", _length("deck"))
    dateline = Line("电头", _length("dateline"))
    body = forms.CharField(
        label="正文",
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=f"一行一段；小标题前加“{HEADING_MARK}”，最多 {LONGEST_HEADING} 字，相连的两个小标题前一个作小引题。",
    )
    notes = forms.CharField(required=False, max_length=MAX_TEXT, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=200, widget=forms.HiddenInput)

    OFFER = ("split", "offered_kicker", "offered_headline", "offered_deck")
    HEADLINE = ("kicker", "headline", "deck")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.credits = CreditFormSet(
            self.data if self.is_bound else None,
            prefix=f"{self.prefix}-credits",
            initial=self.initial.get("credits"),
        )
        if not (self.initial.get("offered_headline") or self.add_prefix("split") in self.data):
            for name in self.OFFER:
                del self.fields[name]

    def full_clean(self):
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("include"):
            # What is left out need not be right.
            self._errors = ErrorDict(renderer=self.renderer)

    def is_valid(self):
        return super().is_valid() and (not self.cleaned_data["include"] or self.credits.is_valid())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("split") == "offered":
            cleaned.update({name: cleaned.get(f"offered_{name}", "") for name in self.HEADLINE})
        if not self.errors and not cleaned.get("headline"):
            raise ValidationError("请填写主题，或不导入这一篇。")
        try:
            cleaned["digest"] = _signer.unsign(cleaned.get("digest", ""))
        except signing.BadSignature:
            raise ValidationError("表单不完整，请回到上一步重新读取版面。") from None
        return cleaned

    @property
    def headline_fields(self):
        """The fields of the headline: as printed, then as it could be split, where a split is offered."""
        return [self[name] for name in (*self.HEADLINE, *self.OFFER) if name in self.fields]

    @property
    def note_lines(self):
        """The reader's remarks on this story."""
        return (self["notes"].value() or "").splitlines()

    def draft(self):
        """Return the story as corrected."""
        values = self.cleaned_data
        rows = [form.cleaned_data for form in self.credits if form.cleaned_data.get("name")]
        return Draft(
            digest=values["digest"],
            headline=values["headline"],
            kicker=values["kicker"],
            deck=values["deck"],
            dateline=values["dateline"],
            credits=[
                Credit(ArticleCredit.Role(row["role"]).label, row["affiliation"], row["name"])
                for row in rows
            ],
            body=entries_of(values["body"]),
        )


StoryFormSet = forms.formset_factory(
    StoryForm, extra=0, max_num=MAX_STORIES, absolute_max=MAX_STORIES, validate_max=True
)


def text_of(entries):
    """Return a story's body as an editor sees it in one field."""
    return "\n\n".join(
        f"{HEADING_MARK}{entry.text}" if entry.type == "heading" else entry.text
        for entry in entries
    )


def entries_of(text):
    """Return the body that an editor's text means; the reverse of `text_of`."""
    entries = []
    for line in text.splitlines():
        words = tidy_line(line)
        heading = words.startswith(HEADING_MARK)
        words = words.removeprefix(HEADING_MARK).strip()
        if words:
            entries.append(Entry("heading" if heading else "paragraph", words))
    return entries


def initial_of(draft, story, roles, *, known):
    """Return what the form of a story starts with; what was imported before is not ticked."""
    notes = [str(note) for note in story.notes]
    notes += [f"角色“{printed}”记作“{label}”" for printed, label in roles]
    initial = {
        "include": not known and bool(draft.headline or draft.body),
        "kicker": draft.kicker,
        "headline": draft.headline,
        "deck": draft.deck,
        "dateline": draft.dateline,
        "body": text_of(draft.body),
        "notes": "\n".join(" ".join(note.split()) for note in notes),
        "digest": _signer.sign(draft.digest),
        "credits": [
            {"role": row.role, "affiliation": row.affiliation, "name": row.name}
            for row in credit_rows(draft.credits, {})
        ],
    }
    if offer := story.headline_offer:
        initial |= {
            "offered_kicker": offer.kicker,
            "offered_headline": offer.headline,
            "offered_deck": offer.deck,
        }
    return initial
