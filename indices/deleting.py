"""How the desk deletes series, editions and declarations: only what nothing hangs on, said in words otherwise.

Knows what hangs on what. Releases are drafts' matter and have their own way (`indices.releasing`).
"""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from wagtail.admin.views.generic import DeleteView

from indices.publishing import note_update
from portal.models import Change


class LooseDeleteView(DeleteView):
    """Deletes a row unless something hangs on it; `warning` says what goes with it."""

    template_name = "indices/admin/delete.html"
    warning = ""

    def hanging(self):
        """Return what keeps the row from being deleted, as phrases; empty when nothing does."""
        return []

    def remove(self):
        """Delete the row with what is only its own, in the caller's transaction."""
        self.delete_action()

    @transaction.atomic
    def form_valid(self, form):
        Change.objects.queue()
        if held := self.hanging():
            messages.error(self.request, f"没有删除：“{self.object}”之下还有{'、'.join(held)}。")
            return redirect(self.get_delete_url())
        self.remove()
        messages.success(self.request, f"已删除“{self.object}”。")
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(hanging=self.hanging(), warning=self.warning, **kwargs)


def _counted(*things):
    return [f"{rows.count()} {words}" for rows, words in things if rows.exists()]


class IndexDeleteView(LooseDeleteView):
    """Deletes a series without editions, with its dimensions and judgements."""

    warning = "它的维度代码和地名判断一并删除。"

    def hanging(self):
        return _counted((self.object.editions, "个版次"))

    def remove(self):
        self.object.dimensions.all().delete()
        super().remove()


class EditionDeleteView(LooseDeleteView):
    """Deletes an edition into which nothing was drafted or published, with its table of dimensions."""

    warning = "它的维度表和发布机构一并删除。"

    def hanging(self):
        return _counted(
            (self.object.releases, "次数据发布（含草稿）"),
            (self.object.compared_later, "条与后一版的可比性"),
            (self.object.compared_earlier, "条与前一版的可比性"),
        )

    def remove(self):
        # A dimension protects the one above it, so the leaves go first.
        while (leaves := self.object.dimensions.filter(children=None)).exists():
            leaves.delete()
        super().remove()


class ComparabilityDeleteView(LooseDeleteView):
    """Takes a declaration back: without one, the two editions are not compared."""

    warning = "没有声明，两版就不作比较，页面上不再有升降。"

    def remove(self):
        for edition in (self.object.earlier, self.object.later):
            note_update(edition, by=self.request.user)
        super().remove()
