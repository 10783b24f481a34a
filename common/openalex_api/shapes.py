"""The shape of an object that `select` can cut down."""

from typing import Any

from rest_framework.serializers import Field, Serializer


class Selectable(Serializer[object]):
    """A serializer for the schema alone: any of its fields may be absent, since `select` leaves the others out."""

    def get_fields(self) -> dict[str, Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields
