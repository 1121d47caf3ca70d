"""The log refuses update, delete and truncate; the chain starts at its genesis."""

from django.db import migrations

TABLES = {"act": "seq", "change": "id", "read_log": "id"}
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
    for table, key in TABLES.items():
        for event in ("UPDATE", "DELETE"):
            yield (
                f'CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        # INSERT OR REPLACE removes the old row without asking a DELETE trigger.
        yield (
            f'CREATE TRIGGER {table}_no_replace BEFORE INSERT ON "{table}" '
            f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {key} = NEW.{key}) '
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
        for event in ("update", "delete", "replace"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}")


class Migration(migrations.Migration):
    dependencies = [("canbo", "0001_tables")]
    operations = [migrations.RunPython(make_triggers, drop_triggers)]
