"""The one Django app: every package of canbo shares its tables and its migration history."""

from django.apps import AppConfig


class CanboConfig(AppConfig):
    name = "canbo"
    label = "canbo"
    default_auto_field = "django.db.models.BigAutoField"
