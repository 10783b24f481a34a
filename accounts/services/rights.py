"""Groups and their rights as `accounts.domain.rights` lists them."""

from typing import Any

from accounts.domain.rights import GROUP_RIGHTS, Rights


def grant_group_rights(*, groups: Any, permissions: Any, content_types: Any) -> None:
    """Make the groups of curators and give each exactly the rights of its list; may be run again at any time.

    Takes the three managers, of today's models or of a migration's. Rights are rows before the apps they are for are
    migrated: Django finds them there by name later.
    """
    for name, rights in GROUP_RIGHTS.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.set(_rows(rights, permissions, content_types))


def _rows(rights: Rights, permissions: Any, content_types: Any) -> list[Any]:
    found = []
    for (app, model), acts in sorted(rights.items()):
        content_type, _ = content_types.get_or_create(app_label=app, model=model)
        for act in sorted(acts):
            row, _ = permissions.get_or_create(
                content_type=content_type, codename=f"{act}_{model}", defaults={"name": f"Can {act} {model}"}
            )
            found.append(row)
    return found
