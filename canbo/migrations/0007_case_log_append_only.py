"""The log of a case refuses update, delete and truncate, like the log of acts."""

from django.db import migrations

TABLE = "case_entry"
REFUSAL = "nhat ky chi duoc ghi them"


def make_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f'CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{TABLE}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f'CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON "{TABLE}" '
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    schema_editor.execute(
        f'CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON "{TABLE}" '
        f'WHEN EXISTS (SELECT 1 FROM "{TABLE}" WHERE id = NEW.id OR (case_id = NEW.case_id AND number = NEW.number)) '
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'DROP TRIGGER {TABLE}_append_only ON "{TABLE}"')
        return
    for event in ("update", "delete", "replace"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{event}")


class Migration(migrations.Migration):
    dependencies = [("canbo", "0006_cases_evaluation")]
    operations = [migrations.RunPython(make_triggers, drop_triggers)]
