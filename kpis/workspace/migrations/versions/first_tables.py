"""Entries with their history, figures, people."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "item",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("parent", sa.String(64), nullable=False),
        sa.Column("key", sa.String(200)),
        sa.Column("owner", sa.String(300), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created", sa.String(40), nullable=False),
        sa.Column("changed", sa.String(40), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.UniqueConstraint("kind", "parent", "key", name="item_once"),
    )
    op.create_index("item_by_kind", "item", ["kind", "parent", "state"])
    op.create_index("item_by_owner", "item", ["owner"])
    op.create_table(
        "change",
        sa.Column("item", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("person", sa.String(300), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_index("change_by_person", "change", ["person"])
    op.create_table(
        "figure",
        sa.Column("item", sa.String(64), sa.ForeignKey("item.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("vintage", sa.Integer, primary_key=True),
        sa.Column("series", sa.String(200), primary_key=True),
        sa.Column("ref_area", sa.String(200), primary_key=True),
        sa.Column("time_period", sa.String(20), primary_key=True),
        sa.Column("obs_value", sa.Float),
        sa.Column("obs_status", sa.String(8), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(300), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("seen", sa.String(40), nullable=False),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """There is nothing before the first step."""
    for table in ("setting", "person", "figure", "change", "item"):
        op.drop_table(table)
