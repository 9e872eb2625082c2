"""
What the application's role may do on PostgreSQL: everything but change what is posted.

The tables belong to the owner, who migrates. The application connects as another role, to which
the never-changing tables can only be read and added to: where a trigger is lost, the right is
missing all the same.
"""

from psycopg import sql

from points.ledger import triggers


def statements(*, role: str, schema: str = "public") -> list[sql.Composed]:
    """
    The commands, in their order, that the owner runs after each migrate.

    Tables made later are closed to the role until they run again.
    """
    who, where = sql.Identifier(role), sql.Identifier(schema)
    kept = sql.SQL(", ").join(sql.Identifier(schema, table) for table in triggers.tables())
    texts = (
        "GRANT USAGE ON SCHEMA {where} TO {who}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {where} TO {who}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {where} TO {who}",
        "REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {kept} FROM {who}",
        "REVOKE CREATE ON SCHEMA {where} FROM PUBLIC",
    )
    return [sql.SQL(text).format(who=who, where=where, kept=kept) for text in texts]
