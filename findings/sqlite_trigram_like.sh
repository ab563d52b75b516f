#!/usr/bin/env bash
# LIKE with two characters on an FTS5 table of trigrams finds nothing in SQLite 3.40, and all in 3.51.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1
python3 -m venv python
for one in 0.5.0 0.5.4.post2; do
    python/bin/pip install --quiet --disable-pip-version-check --no-deps --target "$one" pysqlite3-binary==$one
done
cat > search.py <<'PY'
import pysqlite3

table = pysqlite3.connect(":memory:")
table.execute("CREATE VIRTUAL TABLE search USING fts5(text, tokenize='trigram')")
table.executemany("INSERT INTO search VALUES (?)", [("職員研修を行う",), ("窓口の待ち時間",)])
count = lambda where: table.execute(f"SELECT count(*) FROM search WHERE {where}").fetchone()[0]
print(pysqlite3.sqlite_version, *map(count, ["text LIKE '%研修%'", "+text LIKE '%研修%'", "instr(text, '研修')", "text LIKE '%待ち時間%'"]))
PY
old=$(PYTHONPATH=0.5.0 python/bin/python search.py)
new=$(PYTHONPATH=0.5.4.post2 python/bin/python search.py)
echo "version: SQLite ${old%% *} and ${new%% *} (pysqlite3-binary 0.5.0 and 0.5.4.post2)"
echo "behaviour: rows found by LIKE, by LIKE without the index, by instr, by LIKE with four characters: ${old#* } and ${new#* }"
echo "seen: 2026-12-01. Most Japanese words have two characters; the same query on the same file, zero rows by version, no error."
[[ $old == "3.40.0 0 1 1 1" && $new == "3.51.1 1 1 1 1" ]]
