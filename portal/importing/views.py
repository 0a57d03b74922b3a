"""The desk's screens of an import: give a file, see what it would do, confirm or drop it.

Between the steps the file waits as an `ImportDraft`. The confirmation reads it anew and applies it only
when it would still do what was shown; the draft goes in the same transaction, so a second confirmation
finds nothing to apply, and a process that dies leaves all or nothing.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from portal.importing.forms import UploadForm
from portal.importing.importers import Importer, Upload, carry_out
from portal.importing.plans import ACTS
from portal.models import ImportDraft
from portal.tabular import UnreadableFile, write_csv, write_xlsx

ROWS_SHOWN = 20
PROBLEMS_SHOWN = 100


def import_addresses(prefix: str, importer: Importer):
    """Return the addresses of an importer's screens, for the `register_admin_urls` hook.

    They are named after the importer: `name`, `name_confirm`, `name_cancel`, `name_template`.
    """
    screens = _Screens(importer)
    name = importer.name
    return [
        path(prefix, screens.give, name=name),
        path(f"{prefix}confirm/", screens.confirm, name=f"{name}_confirm"),
        path(f"{prefix}cancel/", screens.cancel, name=f"{name}_cancel"),
        path(f"{prefix}template.<str:ending>", screens.template, name=f"{name}_template"),
    ]


class _Screens:
    """The screens of one importer."""

    def __init__(self, importer):
        self.importer = importer

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def give(self, request):
        """Take a file, and answer with what it would do; only a file that can be confirmed is kept."""
        self._check_permission(request)
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*posted)
        options = self._options(*posted)
        # Both are asked, so that all errors show at once.
        if not posted or not all([form.is_valid(), options is None or options.is_valid()]):
            return self._show_form(request, form, options)
        upload = form.cleaned_data["file"]
        chosen = options.cleaned_data if options else {}
        try:
            table = self.importer.read(upload, options=chosen)
        except UnreadableFile as error:
            form.add_error("file", ValidationError(str(error)))
            return self._show_form(request, form, options)
        plan = self.importer.plan(table, options=chosen, by=request.user)
        draft = None if plan.problems else self._keep(request, upload, plan)
        return self._show_plan(request, upload.name, plan, draft)

    @method_decorator(require_POST)
    def confirm(self, request):
        """Apply what was shown, or show anew what would be done now."""
        self._check_permission(request)
        draft = self._draft(request)
        if draft is None:
            return self._gone(request)
        options = self._options(QueryDict(draft.options))
        if options is not None and not options.is_valid():
            draft.delete()
            messages.error(request, "所填选项已经失效，没有导入，请重新上传。")
            return redirect(self.importer.name)
        chosen = options.cleaned_data if options else {}
        table = self.importer.read(Upload(draft.name, bytes(draft.data)), options=chosen)
        with transaction.atomic():
            locked = self._drafts(request).filter(pk=draft.pk).defer("data").select_for_update()
            if not locked:
                return self._gone(request)
            plan = self.importer.plan(table, options=chosen, by=request.user)
            same = plan.digest == draft.digest
            if same or plan.problems:
                draft.delete()
            else:
                ImportDraft.objects.filter(pk=draft.pk).update(digest=plan.digest)
            if same:
                result = carry_out(self.importer, plan, options=chosen, by=request.user)
        if not same:
            kept = None if plan.problems else draft
            return self._show_plan(request, draft.name, plan, kept, moved=True)
        message, address = self.importer.done(result)
        messages.success(request, message)
        return redirect(address)

    @method_decorator(require_POST)
    def cancel(self, request):
        """Drop a file that waits."""
        self._check_permission(request)
        if draft := self._draft(request):
            draft.delete()
        messages.success(request, "已放弃，没有导入任何内容。")
        return redirect(self.importer.name)

    @method_decorator(require_safe)
    def template(self, request, ending):
        """Give an empty sheet with the headings of this import."""
        self._check_permission(request)
        columns = [column for column in self.importer.columns if not column.computed]
        name = f"{self.importer.title}模板.{ending}"
        if ending == "xlsx" and columns:
            return FileResponse(
                write_xlsx(columns, [], notes=True), as_attachment=True, filename=name
            )
        if ending == "csv" and columns:
            response = StreamingHttpResponse(write_csv(columns, []), content_type="text/csv")
            response["Content-Disposition"] = content_disposition_header(True, name)
            return response
        raise Http404

    def _check_permission(self, request):
        if not self.importer.allowed(request.user):
            raise PermissionDenied

    def _options(self, *posted):
        form = self.importer.options_form
        return form(*posted) if form else None

    def _drafts(self, request):
        return ImportDraft.objects.waiting(user=request.user, importer=self.importer.name)

    def _draft(self, request):
        try:
            return self._drafts(request).filter(pk=request.POST.get("draft", "")).first()
        except ValidationError:
            return None

    def _keep(self, request, upload, plan):
        if not plan.does_something:
            return None
        ImportDraft.objects.expired().delete()
        options = request.POST.copy()
        options.pop("csrfmiddlewaretoken", None)
        return ImportDraft.objects.create(
            user=request.user,
            importer=self.importer.name,
            name=upload.name,
            data=upload.data,
            options=options.urlencode(),
            digest=plan.digest,
        )

    def _gone(self, request):
        messages.warning(request, "这份文件已经导入或放弃，或者等待超过两小时，请重新上传。")
        return redirect(self.importer.name)

    def _show_form(self, request, form, options):
        return self._show(request, "give", form=form, options=options)

    def _show_plan(self, request, file_name, plan, draft, *, moved=False):
        counts = plan.counts
        groups = [
            {
                "act": act,
                "label": label,
                "count": counts[act],
                "rows": plan.first_of(act, ROWS_SHOWN),
            }
            for act, label in ACTS.items()
        ]
        return self._show(
            request,
            "preview",
            file_name=file_name,
            plan=plan,
            groups=groups,
            problems=plan.problems[:PROBLEMS_SHOWN],
            warnings=plan.warnings[:PROBLEMS_SHOWN],
            draft=draft,
            moved=moved,
        )

    def _show(self, request, template, **context):
        return render(
            request,
            f"portal/importing/{template}.html",
            {
                "page_title": self.importer.title,
                "header_title": self.importer.title,
                "header_icon": self.importer.icon,
                "importer": self.importer,
                "columns": [one for one in self.importer.columns if not one.computed],
                "addresses": {
                    "give": reverse(self.importer.name),
                    "confirm": reverse(f"{self.importer.name}_confirm"),
                    "cancel": reverse(f"{self.importer.name}_cancel"),
                    "xlsx": reverse(f"{self.importer.name}_template", args=["xlsx"]),
                    "csv": reverse(f"{self.importer.name}_template", args=["csv"]),
                },
                **context,
            },
        )
