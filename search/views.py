from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
