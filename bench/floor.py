"""The least that a page with data can cost here: one SELECT by primary key and a template of one line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from papers.models import Author


def floor(request: HttpRequest, pk: int) -> HttpResponse:
    author = Author.objects.only("name").get(pk=pk)
    return render(request, "bench/floor.html", {"author": author})
