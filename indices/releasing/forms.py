"""The forms of a release's way. Their words are for editors; nothing is saved here."""

from django import forms

from indices.models import Edition, Release
from portal.editing import VersionedForm


class HeadForm(VersionedForm):
    """Where a draft's rows are from, what sort of release it is, and why something is corrected."""

    class Meta:
        model = Release
        fields = ["nature", "source_words", "explanation"]
        widgets = {
            "source_words": forms.Textarea(attrs={"rows": 2}),
            "explanation": forms.Textarea(attrs={"rows": 2}),
        }

    def clean(self):
        told = super().clean()
        correction = told.get("nature") == Release.Nature.CORRECTION
        if correction and not (told.get("explanation") or "").strip():
            self.add_error("explanation", "更正须写明理由，读者看得到。")
        return told


class BeginForm(forms.Form):
    """A new draft: of which edition, from which source; an explanation makes it a correction."""

    edition = forms.ModelChoiceField(
        label="版次",
        queryset=Edition.objects.select_related("index").defer("method"),
        empty_label="请选择",
    )
    source_words = forms.CharField(
        label="来源说明",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=Release._meta.get_field("source_words").help_text,
    )
    explanation = forms.CharField(
        label="更正理由",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="改动已经发布的数据时填写，公众可见；首次发布和补充留空。",
    )


class ReversalForm(forms.Form):
    """Why a release is undone."""

    explanation = forms.CharField(
        label="撤销的理由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="公众可见：错在哪里，依据什么撤销。",
        error_messages={"required": "请写明撤销的理由。"},
    )
