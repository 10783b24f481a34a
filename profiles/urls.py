"""Pages of author records, of those who look after them, and of what the portal holds on a person."""

from django.urls import include, path

from profiles.views import attribution, editing, listing, person, photos, public, works

app_name = "profiles"

editor = [
    path("", editing.edit, name="edit"),
    path("about/", editing.edit_about, name="edit_about"),
    path("photo/", editing.edit_photo, name="edit_photo"),
    path("names/", editing.edit_names, name="edit_names"),
    path("collaboration/", editing.edit_preference, name="edit_preference"),
    path("confirm/", editing.confirm, name="edit_confirm"),
    path("preview/", editing.preview, name="edit_preview"),
    path("works/", works.edit_works, name="edit_works"),
    path("works/pin/", works.pin, name="edit_pin"),
    path("works/not-mine/", works.disown, name="edit_disown"),
    path("mine/", works.edit_mine, name="edit_mine"),
    path("mine/refuse/", works.refuse, name="edit_refuse"),
    path("mine/attribute/", works.attribute, name="edit_attribute"),
    path("corrections/", works.edit_corrections, name="edit_corrections"),
    path("corrections/<int:decision_id>/undo/", works.undo, name="edit_undo"),
    path("corrections/<int:decision_id>/take-back/", works.take_back, name="edit_take_back"),
    path("corrections/requests/<int:request_id>/withdraw/", works.withdraw, name="edit_withdraw_request"),
    path("followers/", editing.edit_followers, name="edit_followers"),
    path("listing/", listing.edit_listing, name="edit_listing"),
]

urlpatterns = [
    path("accounts/data/", person.data, name="person_data"),
    path("accounts/data/export.json", person.export, name="person_export"),
    path("accounts/data/delete/", person.delete, name="person_delete"),
    path("authors/photos/<str:name>.webp", photos.photo, name="photo"),
    path("authors/<str:public_id>/edit/", include(editor)),
    path("authors/<str:public_id>/listing/ask/", listing.ask, name="listing_ask"),
    path("authors/<str:public_id>/listing/object/<uuid:key>/", listing.objection, name="listing_object"),
    path("authors/<str:public_id>/listing/<uuid:key>/", listing.code, name="listing_code"),
    path("authors/<str:public_id>", public.author_detail, name="author_bare"),
    path("authors/<str:public_id>/", public.author_detail, name="author_short"),
    path("authors/<str:public_id>/<str:slug>/", public.author_detail, name="author"),
    path("authors/<str:public_id>/<str:slug>/why/<str:work>/", attribution.author_why, name="author_why"),
    path("authors/<str:public_id>/<str:slug>/possibly/", attribution.author_possible, name="author_possible"),
    path("authors/<str:public_id>/<str:slug>/works.<str:format>", public.author_export, name="author_export"),
    path("authors/<str:public_id>/<str:slug>/numbers/<str:name>/", public.author_number, name="author_number"),
]
