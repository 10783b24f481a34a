"""Browsing without a query, and the sitemap by which search engines find every page."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.presenters.browse import named_groups
from catalogue.selectors import browse as selectors
from common.db.keyset import InvalidCursor
from common.redirects import to_first_page

HEADINGS = {"people": _("People"), "institutions": _("Institutions"), "venues": _("Venues"), "topics": _("Topics")}


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """The ways in: fields, and the groups of each kind."""
    kinds = [(kind, HEADINGS[kind], groups) for kind in selectors.KINDS if (groups := named_groups(kind))]
    return render(request, "catalogue/browse.html", {"fields": selectors.fields(), "kinds": kinds})


@require_safe
def browse_group(request: HttpRequest, kind: str, group: str) -> HttpResponse:
    """All records of a kind in one group, page by page."""
    groups = named_groups(kind) if kind in selectors.KINDS else ()
    name = next((one.name for one in groups if one.code == group), None)
    if name is None:
        raise Http404(kind)
    try:
        page = selectors.browse_page(kind, group, after=request.GET.get("after", ""))
    except InvalidCursor:
        return to_first_page(request)
    context = {"kind": kind, "group": group, "heading": f"{HEADINGS[kind]}: {name}", "page": page, "groups": groups}
    return render(request, "catalogue/browse_group.html", context | {"is_first": "after" not in request.GET})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of the sitemap's parts."""
    parts = [request.build_absolute_uri(f"/sitemap-{kind}-{number}.xml") for kind, number in selectors.sitemap_parts()]
    return render(request, "catalogue/sitemap.xml", {"parts": parts}, content_type="application/xml")


@require_safe
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponseBase:
    """A part of the sitemap, streamed."""
    addresses = selectors.sitemap_part(kind, number) if kind in selectors.SITEMAPS and 0 < number < 10**6 else []
    if not addresses:
        raise Http404(kind)
    origin = request.build_absolute_uri("/").rstrip("/")
    lines = (f"<url><loc>{origin}{address}</loc></url>\n" for address in addresses)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n',
        *lines,
        "</urlset>\n",
    )
    return StreamingHttpResponse(body, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked for: every record, no lists of results."""
    text = f"User-agent: *\nDisallow: /search/\nDisallow: /accounts/\nSitemap: {request.build_absolute_uri('/sitemap.xml')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
