"""Opens the lake of a demo business with DuckDB's own DuckLake: it must see what Worth sees.

    same_rows.py WORTH DEMO      WORTH: the binary; DEMO: a folder that `worth demo` has made

Looks at the lake as imported, after an order has changed (rows deleted and added), and after
compaction. Ends with 1 and says which table differs when one does.
"""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
from duckdb_extensions import import_extension

# What is compared of a table besides the number of its rows.
SUMS = {
    "order_lines": "sum(amount)",
    "survey_answers": "sum(score)",
    "events": "count(fields)",
    "messages": "count(claims)",
    "customers": "count(phone)",
}


def worth(binary, demo, *arguments):
    """What a command of Worth prints."""
    done = subprocess.run(
        [binary, *arguments, "-w", demo, "--quiet"], check=True, capture_output=True, text=True
    )
    return done.stdout


def asked(table):
    return f"select count(*) as n, {SUMS.get(table, 'count(*)')} as s from {table}"


def differences(binary, demo, when):
    """Tables of which DuckDB sees something else than Worth."""
    connection = duckdb.connect()
    for extension in ("ducklake", "sqlite"):
        connection.execute(f"load {extension}")
    catalog = Path(demo, "lake", "catalog.sqlite")
    connection.execute(f"attach 'ducklake:sqlite:{catalog}' as lake (read_only)")
    connection.execute("use lake")
    tables = [name for (name,) in connection.execute("show tables").fetchall()]
    differing = [] if len(tables) >= 14 else [f"{when}: only {tables}"]
    for table in tables:
        theirs = connection.execute(asked(table)).fetchone()
        ours = json.loads(worth(binary, demo, "sql", "--json", asked(table)))[0]
        same = theirs[0] == ours["n"] and float(theirs[1] or 0) == float(ours["s"] or 0)
        if not same:
            differing.append(f"{when}: {table}: DuckDB {theirs}, Worth {ours}")
    print(f"{when}: {len(tables)} tables compared")
    return differing


def change_an_order(demo):
    """Raises what the last line of the orders brought, so that its row is replaced."""
    orders = Path(demo, "files", "don_hang.csv")
    lines = orders.read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    cells = lines[-1].split(",")
    place = header.index("Thành tiền")
    cells[place] = str(int(cells[place]) + 1000)
    lines[-1] = ",".join(cells)
    orders.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return orders


def main():
    binary, demo = sys.argv[1:]
    import_extension("ducklake")
    import_extension("sqlite_scanner")
    differing = differences(binary, demo, "as imported")
    worth(binary, demo, "import", "--yes", str(change_an_order(demo)))
    differing += differences(binary, demo, "after a change")
    worth(binary, demo, "compact")
    differing += differences(binary, demo, "after compaction")
    print("\n".join(differing))
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
