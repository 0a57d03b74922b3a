"""How an editor chooses a story: from a list, newest first, found by any words of its headline.

Knows the field alone; the list itself is `news.viewsets.StoryChooserViewSet`. Models and blocks need the
field, so nothing here imports them.
"""

from wagtail.admin.widgets import BaseChooser


class StoryChooser(BaseChooser):
    """The field for one story, where Wagtail's own would lead through the page tree."""

    model = "news.ArticlePage"
    icon = "edit"
    chooser_modal_url_name = "story_chooser:choose"
    choose_one_text = "选择稿件"
    choose_another_text = "换一篇"
    link_to_chosen_text = "编辑这篇稿件"

    def get_display_title(self, instance):
        return instance.get_admin_display_title()
