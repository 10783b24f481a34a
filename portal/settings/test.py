from portal.settings.dev import *  # noqa: F403
