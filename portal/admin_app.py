"""Django's admin app with the curators' site; apart from the site itself, which needs the apps loaded."""

from django.contrib.admin.apps import AdminConfig


class CuratorsAdminConfig(AdminConfig):
    default_site = "portal.admin_site.CuratorsSite"
