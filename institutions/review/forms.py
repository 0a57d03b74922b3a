"""The forms of the desk's way from a notice to the register. Their words are for editors; nothing is saved here."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from wagtail.admin.forms.models import formfield_for_dbfield

from institutions.choosers import InstitutionChooser
from institutions.models import Kind, Notice, NoticeLine
from institutions.models.lines import WITHOUT_KIND
from portal.choosers import PlaceChooser
from portal.editing import DeskForm, VersionedForm
from portal.textfiles import MAX_BYTES, UnreadableFile, read_text
from portal.widgets import DayInput

MAX_PASTED = 2_000_000


class IntakeForm(forms.Form):
    """A notice as it reaches the desk: a file or pasted text, exactly one of them, and where it is from."""

    file = forms.FileField(
        label="通知文件",
        required=False,
        allow_empty_file=True,
        help_text="Word（.docx）、Excel（.xlsx）、.csv、.pdf（须能选中文字）或 .txt，最大 5 MB。",
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.csv,.pdf,.txt"}),
    )
    text = forms.CharField(
        label="或粘贴通知全文",
        required=False,
        max_length=MAX_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"max_length": "最多 %(limit_value)d 字，现在是 %(show_value)d 字。"},
    )
    source_words = forms.CharField(
        label="来源说明",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=Notice._meta.get_field("source_words").help_text,
        error_messages={"required": "请写明文件出自哪里。"},
    )
    url = forms.URLField(
        label="原文网址",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "网址须以 http:// 或 https:// 开头。"},
    )

    def clean(self):
        cleaned = super().clean()
        file, pasted = cleaned.get("file"), cleaned.get("text", "").strip()
        if "file" in self.errors or "text" in self.errors:
            return cleaned
        if bool(file) == bool(pasted):
            raise ValidationError("请上传一个文件，或粘贴全文，二选一。")
        given = (file.name, file.read(MAX_BYTES + 1)) if file else None
        try:
            cleaned["read"] = read_text(*(given or ("notice.txt", pasted.encode())))
        except UnreadableFile as error:
            raise ValidationError(str(error)) from error
        cleaned["given"] = given
        return cleaned


class HeadForm(VersionedForm):
    """The head of a draft: who issued what, when, for which scheme and area."""

    class Meta:
        model = Notice
        formfield_callback = formfield_for_dbfield
        fields = [
            "title",
            "issuer",
            "doc_number",
            "issued_on",
            "effective_on",
            "stated_on",
            "stated_basis",
            "scheme",
            "area",
            "nature",
            "extent",
            "list_complete",
            "source_words",
            "url",
            "file_is_private",
        ]
        widgets = {
            "source_words": forms.Textarea(attrs={"rows": 2}),
            "list_complete": forms.Select(
                choices=[("", "不清楚"), ("true", "是"), ("false", "否，只印出一部分")]
            ),
            "nature": forms.Select,
            "area": PlaceChooser(clear_choice_text="不选地方"),
        }


class LineForm(DeskForm):
    """One line of a draft: what the reader may have misread, or could not read."""

    class Meta:
        model = NoticeLine
        formfield_callback = formfield_for_dbfield
        fields = [
            "name",
            "resolved_name",
            "action",
            "kind",
            "on",
            "on_is_last_day",
            "term_from",
            "term_to",
            "new_name",
            "into",
        ]
        widgets = {
            **dict.fromkeys(("on", "term_from", "term_to"), DayInput),
            "into": InstitutionChooser(),
        }

    def __init__(self, *args, notice, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = Kind.objects.select_related("scheme")
        if notice.scheme_id:
            kinds = kinds.filter(scheme=notice.scheme_id)
        self.fields["kind"].queryset = kinds
        self.fields["kind"].help_text = "更名和合并与类别无关，会自动留空。"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("action") in WITHOUT_KIND:
            cleaned["kind"] = None
        if cleaned.get("action") != NoticeLine.Action.RENAME:
            cleaned["new_name"] = ""
        if cleaned.get("action") != NoticeLine.Action.MERGE:
            cleaned["into"] = None
        return cleaned


class MissedLineForm(LineForm):
    """A line that the reader missed: the words of the notice that it stands in, and what they say."""

    quote = forms.CharField(
        label="原文",
        max_length=5000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="照原文一字不差地摘出这一条；先在左边选中文字，再点“补充选中的文字”，会自动填好。",
        error_messages={"required": "请摘出这一条的原文。"},
    )
    field_order = ["quote"]

    def __init__(self, *args, notice, **kwargs):
        self._text = notice.text
        super().__init__(*args, notice=notice, **kwargs)

    def clean_quote(self):
        quote = self.cleaned_data["quote"].replace("\r\n", "\n").strip()
        if quote not in self._text:
            raise ValidationError("通知全文中没有这段文字，请照原文摘录。")
        return quote

    def missed_line(self, near=0):
        """Return the unsaved line; of several places where its words stand, the first from `near` on."""
        line = construct_instance(self, NoticeLine(), self._meta.fields)
        line.quote = self.cleaned_data["quote"]
        start = self._text.find(line.quote, near)
        line.start = start if start >= 0 else self._text.find(line.quote)
        line.end = line.start + len(line.quote)
        row = self._text.count("\n", 0, line.start) + 1
        line.locator = f"第 {row} 行"
        return line


class KindsForm(forms.Form):
    """A kind for each category that no kind claims, and whether the kinds shall learn these words."""

    def __init__(self, *args, categories, scheme=None, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = Kind.objects.select_related("scheme")
        if scheme is not None:
            kinds = kinds.filter(scheme=scheme)
        self.categories = {f"category-{n}": words for n, (words, _) in enumerate(categories)}
        for n, (words, count) in enumerate(categories):
            self.fields[f"category-{n}"] = forms.ModelChoiceField(
                kinds,
                label=f"{words or '没有写类别'}（{count} 条）",
                required=False,
                empty_label="请选择类别",
                error_messages={"invalid_choice": "没有这个类别，请重新选择。"},
            )
        self.fields["remember"] = forms.BooleanField(
            label="记住这些叫法，下次自动认出", required=False, initial=True
        )

    @property
    def choices(self):
        """The fields in which a kind is chosen."""
        return [self[name] for name in self.categories]

    def chosen(self):
        """Return {category: Kind} for those that were chosen."""
        return {
            words: self.cleaned_data[name]
            for name, words in self.categories.items()
            if self.cleaned_data.get(name)
        }


class ReasonForm(forms.Form):
    """The reason of a withdrawal, as readers will see it."""

    reason = forms.CharField(
        label="撤回理由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="读者看得到，例如“发文机关已收回这份名单”。",
        error_messages={"required": "请写明撤回的理由。"},
    )
