"""How the numbers work: every formula, how far it reaches, and a page for each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from metrics.presenters.coverage import coverage, coverage_of, last_refresh
from metrics.presenters.formula_list import formula_explained, formula_groups
from metrics.presenters.formula_pages import described_formulas, formula_page
from metrics.presenters.model_text import model_tables, model_text
from metrics.selectors.ai_score import ai_score_status


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Every formula with its version, in words, and how many records have it."""
    groups = formula_groups(coverage())
    return render(request, "metrics/numbers.html", {"groups": groups, "refreshed_at": last_refresh()})


@require_safe
def number(request: HttpRequest, name: str) -> HttpResponse:
    """One formula: definition, worked table, what feeds it, what it does not say."""
    if name not in described_formulas():
        raise Http404(name)
    page = formula_page(name)
    context: dict[str, object] = {
        "page": page,
        "told": formula_explained(page),
        "reaches": coverage_of(name),
        "refreshed_at": last_refresh(),
    }
    if name == "ai_score":
        status = ai_score_status()
        context |= {"model_sentences": model_text(status), "model_tables": model_tables(status)}
    return render(request, "metrics/number.html", context)
