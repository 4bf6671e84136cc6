"""How many rows DuckDB reads from each of these views of a SQLite file, as JSON."""
import json, sys
import duckdb
from duckdb_extensions import import_extension

path, *views = sys.argv[1:]
import_extension("sqlite_scanner")
connection = duckdb.connect()
connection.execute("load sqlite_scanner")
connection.execute("attach '" + path.replace("'", "''") + "' as scan (type sqlite, read_only)")
json.dump({view: len(connection.execute(f"select * from scan.{view}").fetchall()) for view in views}, sys.stdout)
