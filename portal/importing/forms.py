"""The form that takes a file."""

from django import forms
from django.core.exceptions import ValidationError

from portal.importing.importers import Upload
from portal.tabular import MAX_FILE_BYTES

_SIZE = MAX_FILE_BYTES // 1024 // 1024
_LONGEST_NAME = 255


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="表格文件",
        allow_empty_file=True,
        help_text=f".xlsx 或 .csv（UTF-8、GB18030），最大 {_SIZE} MB；首行为列名，上面可以有标题行。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": "请选择文件。",
            "missing": "请选择文件。",
            "invalid": "文件没有传上来，请再试一次。",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise ValidationError(f"文件超过{_SIZE}MB，请拆分后再上传。")
        return Upload(file.name[-_LONGEST_NAME:], file.read())
