"""How each database keeps the words of the entries: installed by the migration that makes their table.

PostgreSQL computes columns beside each entry, of all its words, those of its title, its code and names, each with a GIN
index. SQLite keeps an FTS5 table beside the entries, by triggers; a migration that rebuilds their table installs it
again (SQLite drops the triggers with the old).
The words are folded before they are stored, so neither database needs to know of accents.
"""

from typing import Any

ENTRIES, WORDS = "commitments_searchentry", "commitments_searchwords"
#: With the kind, SQLite counts what is found of one without a look at the entries.
_NAMES = ("kind", "exact", "title_words", "other_words")
_COLUMNS = ", ".join(_NAMES)
_OLD = ", ".join(f"old.{name}" for name in ("id", *_NAMES))
_NEW = _OLD.replace("old.", "new.")
_TAKE_AWAY = f"INSERT INTO {WORDS} ({WORDS}, rowid, {_COLUMNS}) VALUES ('delete', {_OLD});"  # noqa: S608  # our names
_ADD = f"INSERT INTO {WORDS} (rowid, {_COLUMNS}) VALUES ({_NEW});"  # noqa: S608  # our names
_FTS5 = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5({_COLUMNS}, content='{ENTRIES}', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
)
#: The columns of PostgreSQL, and the words in each.
_VECTORS = {"words": "title_words || ' ' || other_words", "titles": "title_words", "names": "exact"}
ON_SQLITE = (
    _FTS5,
    f"INSERT INTO {WORDS} ({WORDS}) VALUES ('rebuild')",  # noqa: S608  # our names
    f"CREATE TRIGGER {ENTRIES}_words_insert AFTER INSERT ON {ENTRIES} BEGIN {_ADD} END",
    f"CREATE TRIGGER {ENTRIES}_words_delete AFTER DELETE ON {ENTRIES} BEGIN {_TAKE_AWAY} END",
    f"CREATE TRIGGER {ENTRIES}_words_update AFTER UPDATE ON {ENTRIES} BEGIN {_TAKE_AWAY} {_ADD} END",
)
OFF_SQLITE = (
    *(f"DROP TRIGGER IF EXISTS {ENTRIES}_words_{act}" for act in ("insert", "delete", "update")),
    f"DROP TABLE IF EXISTS {WORDS}",
)
ON_POSTGRESQL = (
    f"ALTER TABLE {ENTRIES} "
    + ", ".join(
        f"ADD COLUMN {name} tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, {text})) STORED"
        for name, text in _VECTORS.items()
    ),
    *(f"CREATE INDEX {ENTRIES}_{name} ON {ENTRIES} USING gin ({name})" for name in _VECTORS),
)
OFF_POSTGRESQL = (f"ALTER TABLE {ENTRIES} " + ", ".join(f"DROP COLUMN IF EXISTS {name}" for name in _VECTORS),)


def install(schema_editor: Any) -> None:
    """Make what the database keeps of the entries, in the place of what there was."""
    drop(schema_editor)
    for statement in ON_POSTGRESQL if _is_postgresql(schema_editor) else ON_SQLITE:
        schema_editor.execute(statement, params=None)


def drop(schema_editor: Any) -> None:
    """Take it away."""
    for statement in OFF_POSTGRESQL if _is_postgresql(schema_editor) else OFF_SQLITE:
        schema_editor.execute(statement, params=None)


def _is_postgresql(schema_editor: Any) -> bool:
    return bool(schema_editor.connection.vendor == "postgresql")
