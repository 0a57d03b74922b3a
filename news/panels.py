"""The forms in which editors write pages, in the order in which a newsroom works.

Hides Wagtail's panels. The title is a plain field: Wagtail's own title field would copy Chinese into
the address, which here makes itself.
"""

from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from news.choosers import StoryChooser
from news.models.slugs import OptionalSlugForm

TITLE_HELP = "页面上最大的标题，也是浏览器标签的标题。"
SLUG_HELP = "留空则自动生成。改动后旧网址自动转到新网址。"


class ArticleForm(OptionalSlugForm):
    """A story's form; a new one opens with an empty paragraph and the writer's own name over it."""

    def __init__(self, *args, **kwargs):
        story, writer = kwargs.get("instance"), kwargs.get("for_user")
        if story is not None and story.pk is None:
            story.body = [("paragraph", "")]
            person = getattr(writer, "person", None)
            if person is not None:
                story.credits.add(story.credits.model(person=person))
        super().__init__(*args, **kwargs)


def _headline(label, help_text=TITLE_HELP):
    return FieldPanel("title", heading=label, help_text=help_text)


def _settings(*panels):
    """Return the last tab: address, plan of publication, search engines, comments."""
    return ObjectList(
        [
            FieldPanel("slug", heading="网址标识", help_text=SLUG_HELP),
            *panels,
            PublishingPanel(),
            MultiFieldPanel(
                [
                    FieldPanel("seo_title", heading="搜索结果标题"),
                    FieldPanel("search_description", heading="搜索结果说明"),
                ],
                heading="搜索引擎",
                classname="collapsed",
            ),
            CommentPanel(),
        ],
        heading="设置",
    )


STORY_FORM = TabbedInterface(
    [
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("kicker"),
                        _headline("主题", "最大的一行标题。"),
                        FieldPanel("deck"),
                        FieldPanel("display_title"),
                    ],
                    heading="标题",
                ),
                InlinePanel(
                    "credits",
                    panels=[
                        FieldRowPanel(
                            [
                                FieldPanel("role"),
                                FieldPanel("person"),
                                FieldPanel("name"),
                                FieldPanel("affiliation"),
                            ]
                        )
                    ],
                    heading="署名",
                    label="署名",
                ),
                FieldPanel("dateline"),
                FieldPanel("body"),
            ],
            heading="稿件",
        ),
        ObjectList(
            [
                FieldPanel("topics", widget=CheckboxSelectMultiple),
                FieldPanel("cover"),
                FieldPanel("summary"),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("printed_on"), FieldPanel("paper")]),
                        FieldRowPanel(
                            [
                                FieldPanel("page_number"),
                                FieldPanel("page_name"),
                                FieldPanel("issue_number"),
                            ]
                        ),
                    ],
                    heading="见报",
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("is_reprint"),
                        FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_author")]),
                        FieldPanel("source_headline"),
                        FieldPanel("source_url"),
                    ],
                    heading="转载",
                    help_text="转载稿须写明来源媒体、原标题、原作者和原文网址。",
                ),
            ],
            heading="发布信息",
        ),
        _settings(),
    ],
    base_form_class=ArticleForm,
)

HOME_FORM = TabbedInterface(
    [
        ObjectList(
            [
                _headline("页面标题"),
                InlinePanel(
                    "slots",
                    panels=[
                        FieldRowPanel(
                            [FieldPanel("article", widget=StoryChooser), FieldPanel("expires_at")]
                        )
                    ],
                    heading="头版",
                    label="位置",
                    help_text="第一个位置是头条，其余排在旁边；空缺、撤稿或到时的位置自动用最新稿件补上。",
                ),
            ],
            heading="头版",
        ),
        _settings(),
    ],
    base_form_class=OptionalSlugForm,
)

NEWS_INDEX_FORM = TabbedInterface(
    [ObjectList([_headline("名称")], heading="内容"), _settings()],
    base_form_class=OptionalSlugForm,
)

SECTION_FORM = TabbedInterface(
    [
        ObjectList([_headline("栏目名称"), FieldPanel("introduction")], heading="内容"),
        _settings(),
    ],
    base_form_class=OptionalSlugForm,
)

PLAIN_FORM = TabbedInterface(
    [
        ObjectList([_headline("标题"), FieldPanel("body")], heading="内容"),
        _settings(FieldPanel("in_footer")),
    ],
    base_form_class=OptionalSlugForm,
)
