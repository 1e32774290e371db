"""The tables of a workspace, alike in SQLite and PostgreSQL. Their steps are in `migrations/`.

Times are texts in ISO 8601, UTC, so that they sort and read the same in both, in a backup and by eye.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

# One row per entry. parent is '' for an entry of its own: a missing parent would never be found alike.
ITEM = Table(
    "item",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("parent", String(64), nullable=False, default=""),
    Column("key", String(200)),
    Column("owner", String(300), nullable=False),
    Column("state", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created", String(40), nullable=False),
    Column("changed", String(40), nullable=False),
    Column("body", JSON, nullable=False),
    UniqueConstraint("kind", "parent", "key", name="item_once"),
    Index("item_by_kind", "kind", "parent", "state"),
    Index("item_by_owner", "owner"),
)

# One row per change of an entry, kept when the entry goes.
CHANGE = Table(
    "change",
    METADATA,
    Column("item", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("person", String(300), nullable=False),
    Column("action", String(32), nullable=False),
    Column("state", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Index("change_by_person", "person"),
)

# One row per figure of a data set, its vintage, series, area and period. obs_value is missing where the file
# says that there is none.
FIGURE = Table(
    "figure",
    METADATA,
    Column("item", String(64), ForeignKey("item.id", ondelete="CASCADE"), primary_key=True),
    Column("vintage", Integer, primary_key=True),
    Column("series", String(200), primary_key=True),
    Column("ref_area", String(200), primary_key=True),
    Column("time_period", String(20), primary_key=True),
    Column("obs_value", Float),
    Column("obs_status", String(8), nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
)

# One row per person who ever changed something.
PERSON = Table(
    "person",
    METADATA,
    Column("id", String(300), primary_key=True),
    Column("name", Text, nullable=False),
    Column("seen", String(40), nullable=False),
)

# What the workspace keeps for itself, such as the secret that signs invitations; never in a backup.
SETTING = Table(
    "setting",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
