"""What may be uploaded as a document: the allowed types are in the settings, the size is here."""

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from wagtail.documents.forms import BaseDocumentForm

MAX_DOCUMENT_BYTES = 20 * 1024 * 1024


class DocumentForm(BaseDocumentForm):
    """Refuse a document over 20 MB, with its size in the message."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_DOCUMENT_BYTES:
            raise ValidationError(
                f"文件有 {filesizeformat(file.size)}，超过上限 {filesizeformat(MAX_DOCUMENT_BYTES)}。"
            )
        return file

    def _post_clean(self):
        """Check the instance, whose file is empty and of no type when the form has refused the file."""
        refused = list(self.errors.get("file", ()))
        super()._post_clean()
        if refused:
            self.errors["file"] = self.error_class(refused, renderer=self.renderer)
