"""Django's classes as type checkers know them: generic there, not when they run."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.forms import ModelForm

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
    AnyPaginator = Paginator[Any]
    AnyModelForm = ModelForm[Any]
else:
    AnyModelAdmin, AnyPaginator, AnyModelForm = admin.ModelAdmin, Paginator, ModelForm
