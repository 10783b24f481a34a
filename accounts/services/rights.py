"""Groups and their rights as `accounts.domain.rights` lists them."""

from typing import Any

from accounts.domain.rights import GROUP_RIGHTS, Rights

type Key = tuple[str, str, str]


def grant_group_rights(*, groups: Any, permissions: Any, content_types: Any) -> None:
    """Make the groups of curators and give each exactly the rights of its list; may be run again at any time.

    Takes the three managers, of today's models or of a migration's. Rights are rows before the apps they are for are
    migrated: Django finds them there by name later. A handful of queries where all rows are there already.
    """
    wanted = {name: _keys(rights) for name, rights in GROUP_RIGHTS.items()}
    rows = _rows(set().union(*wanted.values()), permissions, content_types)
    for name, keys in wanted.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.set([rows[key] for key in sorted(keys)])


def before_renaming(*, content_types: Any, app: str, old: str, new: str) -> None:
    """Make way for a model's new name: rights granted by that name before the model had it are granted again later."""
    if content_types.filter(app_label=app, model=old).exists():
        content_types.filter(app_label=app, model=new).delete()


def rename_rights(*, groups: Any, permissions: Any, content_types: Any, app: str, old: str, new: str) -> None:
    """The rights of a model that was renamed go by its new name, for groups and for whoever else has them."""
    for row in permissions.filter(content_type__app_label=app, codename__endswith=f"_{old}"):
        row.codename = row.codename.removesuffix(old) + new
        row.save(update_fields=["codename"])
    grant_group_rights(groups=groups, permissions=permissions, content_types=content_types)


def _keys(rights: Rights) -> set[Key]:
    return {(app, model, right) for (app, model), granted in rights.items() for right in granted}


def _rows(wanted: set[Key], permissions: Any, content_types: Any) -> dict[Key, Any]:
    apps = {app for app, _model, _right in wanted}
    kinds = {(kind.app_label, kind.model): kind for kind in content_types.filter(app_label__in=apps)}
    for app, model in sorted({(app, model) for app, model, _right in wanted} - kinds.keys()):
        kinds[app, model], _ = content_types.get_or_create(app_label=app, model=model)
    known = permissions.filter(content_type_id__in=[kind.pk for kind in kinds.values()])
    found = {(row.content_type_id, row.codename): row for row in known}
    rows = {}
    for app, model, right in sorted(wanted):
        kind, codename = kinds[app, model], f"{right}_{model}"
        row = found.get((kind.pk, codename))
        if row is None:
            row, _ = permissions.get_or_create(
                content_type=kind, codename=codename, defaults={"name": f"Can {right} {model}"}
            )
        rows[app, model, right] = row
    return rows
