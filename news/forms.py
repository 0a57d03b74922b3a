"""The forms that readers fill in."""

from django import forms
from django.core.exceptions import ValidationError

TEXT_LENGTH = 2000
CONTACT_LENGTH = 100


class LinesField(forms.CharField):
    """Text of several lines, whose line ends count as one character as they do for who types them."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python((value or "").replace("\r\n", "\n").replace("\r", "\n"))


class ErrorReportForm(forms.Form):
    """What a reader says is wrong, and how to reach the reader if he or she wishes it."""

    text = LinesField(
        label="哪里有误",
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "aria-describedby": "text-help"}),
        help_text=f"请写明有误的文字、您认为正确的内容和依据，最多 {TEXT_LENGTH} 字。",
        error_messages={
            "required": "请写明哪里有误。",
            "max_length": "最多 %(limit_value)d 字，现在是 %(show_value)d 字。",
        },
    )
    contact = forms.CharField(
        label="联系方式（选填）",
        required=False,
        max_length=CONTACT_LENGTH,
        widget=forms.TextInput(attrs={"aria-describedby": "contact-help", "autocomplete": "email"}),
        help_text="电话或邮箱，只供编辑核实时联系您，不会公开。",
        error_messages={"max_length": "最多 %(limit_value)d 字，现在是 %(show_value)d 字。"},
    )
    # People do not see this field; programs that fill in every field give themselves away.
    website = forms.CharField(
        label="请勿填写",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise ValidationError("“请勿填写”一栏须留空。")
        return ""
