"""The log refuses update, delete and truncate; the chain starts at its genesis."""

from django.db import migrations

TABLES = ("act", "change", "read_log")
REFUSAL = "nhat ky chi duoc ghi them"


def _statements(vendor):
    if vendor == "postgresql":
        yield (
            "CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        for table in TABLES:
            yield (
                f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"
            )
        return
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            yield (
                f'CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def make_triggers(apps, schema_editor):
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)
    apps.get_model("canbo", "Head").objects.get_or_create(pk=1, defaults={"seq": 0, "hash": "0" * 64})


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f'DROP TRIGGER {table}_append_only ON "{table}"')
        schema_editor.execute("DROP FUNCTION refuse_change_of_log()")
        return
    for table in TABLES:
        for event in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{event}")


class Migration(migrations.Migration):
    dependencies = [("canbo", "0001_tables")]
    operations = [migrations.RunPython(make_triggers, drop_triggers)]
