"""What may be uploaded as a picture: type, bytes and pixels are bounded in the settings, asked for here.

Wagtail counts a picture's pixels after it has decoded it all, and lets the decoder's own errors through.
"""

from django.core.exceptions import ValidationError
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """Wagtail's field, with the pixels read from the file's head before anything is decoded."""

    def check_image_pixel_size(self, f):
        """Refuse a picture of too many pixels, or one whose data end too early or are damaged."""
        try:
            f.image.f.seek(0)
            with Image.open(f.image.f) as picture:
                width, height = picture.size
                if width * height > self.max_image_pixels:
                    raise self._too_many(f"{width}×{height}")
            super().check_image_pixel_size(f)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise self._too_many("数亿") from error
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise ValidationError("图片文件不完整或已损坏，请重新导出后再上传。") from error
        finally:
            f.seek(0)

    def _too_many(self, pixels):
        most = f"{self.max_image_pixels // 10_000} 万像素"
        return ValidationError(f"图片像素过多（{pixels}），上限为 {most}，请缩小后再上传。")


class PictureForm(BaseImageForm):
    """Wagtail's form with that field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if standard := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=standard.label, required=standard.required, widget=standard.widget
            )
