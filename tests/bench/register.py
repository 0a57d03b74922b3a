"""What the bench measures of the register: a roster, a large register, its pages, a long notice.

The institutions are made up from a few words and a number, so that two runs measure the same work.
"""

import csv
import io
import random

from django.core.wsgi import get_wsgi_application

from institutions.models import Kind, Notice, NoticeLine, Scheme
from institutions.noticetext import read_notice
from institutions.publishing import publish
from institutions.roster import RosterImporter
from portal.importing import Upload, carry_out
from portal.models import Organisation, Place, User
from tests.bench.measuring import page_figures, peak_bytes, seconds

MEGABYTE = 1024 * 1024
NOTICE_BYTES = MEGABYTE
KINDS = 5
FIRST_DAY = "2021-01-01"
_BATCH = 500
WORDS = "仁和康健民济同德安泰华信博爱惠普"
SORTS = ("医院", "诊所", "大药房", "门诊部", "社区卫生服务中心")


def _name(number):
    chance = random.Random(number)
    return f"郑州{''.join(chance.choices(WORDS, k=2))}{chance.choice(SORTS)}第{number}店"


def _scheme():
    scheme, made = Scheme.objects.get_or_create(
        code="bench", defaults={"name": "测量用的制度", "authority": "经办机构"}
    )
    if made:
        for number in range(KINDS):
            Kind.objects.create(scheme=scheme, code=f"bench-{number}", name=f"第{number}类")
    return scheme


def _head(scheme):
    city = Place.objects.get(code="410100")
    return {
        "title": "测量用的名册",
        "source_words": "测量",
        "issuer": Organisation.objects.order_by("pk").first(),
        "scheme": scheme,
        "area": city,
        "extent": Notice.Extent.FULL,
        "doc_number": "",
        "issued_on": None,
        "effective_on": None,
        "stated_on": None,
        "stated_basis": "",
    }


def _roster(rows):
    districts = list(
        Place.objects.filter(parent__code="410100").order_by("code").values_list("code", flat=True)
    )
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["名称", "所在地代码", "地址", "电话", "类别代码", "起始日"])
    for number in range(rows):
        district = districts[number % len(districts)]
        address, phone = f"测量路{number}号", "0371-66112233"
        writer.writerow([_name(number), district, address, phone, "bench-0", FIRST_DAY])
    return Upload("roster.csv", text.getvalue().encode("gb18030"))


def import_roster(rows):
    """Import a roster of `rows` institutions: reading, comparing, publishing; time and memory."""
    rows = int(rows)
    importer, head = RosterImporter(), _head(_scheme())
    upload, user = _roster(rows), User.objects.order_by("pk").first()
    idle = peak_bytes()

    def work():
        plan = importer.plan(importer.read(upload, options=head), options=head, by=user)
        carry_out(importer, plan, options=head, by=user)

    _, took = seconds(work)
    return {
        "seconds": took,
        "rate": rows / took,
        "megabytes": (peak_bytes() - idle) / MEGABYTE,
    }


def add_designations():
    """Designate each institution of the roster for the other kinds too, by one published notice."""
    scheme = _scheme()
    notice = Notice(text="名单", url="", **_head(scheme))
    notice.save()
    kinds = list(scheme.kinds.exclude(code="bench-0"))
    listed = NoticeLine.objects.filter(kind__code="bench-0").values_list(
        "name", "key", "institution"
    )
    lines = [
        NoticeLine(
            notice=notice,
            number=number,
            name=name,
            key=key,
            quote=name,
            kind=kind,
            action=NoticeLine.Action.DESIGNATE,
            institution_id=institution,
            decision=NoticeLine.Decision.MATCHED,
            on=FIRST_DAY,
        )
        for number, (name, key, institution, kind) in enumerate(
            ((*line, kind) for kind in kinds for line in listed), 1
        )
    ]
    NoticeLine.objects.bulk_create(lines, batch_size=_BATCH)
    idle = peak_bytes()
    _, took = seconds(lambda: publish(notice, by=User.objects.order_by("pk").first()))
    return {
        "lines": len(lines),
        "seconds": took,
        "rate": len(lines) / took,
        "megabytes": (peak_bytes() - idle) / MEGABYTE,
    }


def register_pages():
    """Measure the finder, plain and narrowed, the check page, an institution's and a notice's page."""
    application = get_wsgi_application()
    line = NoticeLine.objects.filter(kind__code="bench-0").select_related("institution").first()
    institution, district = line.institution, line.institution.place
    asked = f"institution={institution.code}&kind=bench-0&on=2022-03-04"
    return {
        "finder": page_figures(application, "/institutions/", "scheme=bench"),
        "finder_narrow": page_figures(
            application, "/institutions/", f"kind=bench-1&district={district.code}&as_of=2022-03-04"
        ),
        "finder_name": page_figures(application, "/institutions/", "q=renhe"),
        "check": page_figures(application, "/institutions/check/", asked),
        "institution": page_figures(application, f"/institutions/{institution.code}/"),
        "notice": page_figures(application, f"/institutions/notices/{line.notice_id}/"),
    }


def notice_reader():
    """Read a notice of one megabyte, a numbered list; knows no database."""
    head = "关于公布郑州市医保定点零售药店名单的通知\n\n经审核，确定下列药店为医保定点零售药店：\n"
    lines, size = [head], len(head.encode())
    while size < NOTICE_BYTES:
        lines.append(f"{len(lines)}、{_name(len(lines))}\n")
        size += len(lines[-1].encode())
    text = "".join(lines)
    read_notice(text[:1000])
    idle = peak_bytes()
    notice, took = seconds(lambda: read_notice(text))
    return {
        "entries": len(notice.entries),
        "seconds": took,
        "megabytes": (peak_bytes() - idle) / MEGABYTE,
    }


STAGES = {
    stage.__name__: stage
    for stage in (import_roster, add_designations, register_pages, notice_reader)
}
