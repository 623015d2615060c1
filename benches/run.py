#!/usr/bin/env python3
"""Speed of Worth beside its peers, each pair in one run on one machine.

    benches/run [NAME ...]        all benchmarks, or the named ones: import, million, rfm, read, fit,
                                  journey, posterior, help

Every command runs as a process of its own; user + system CPU seconds and peak memory come from the
operating system (wait4). Only ratios within one run are claims: machines differ. Peers are those of
PyPI at the versions pinned in benches/requirements.txt. Data are synthetic with a fixed seed:
500,000 customers with 5 million order lines; purchases from BG/NBD (.243, 4.414, .793, 2.426) and
spend from Gamma-Gamma (6.25, 3.74, 15.44) for the fits. The posterior is that of the CDNOW sample, in the
folder that WORTH_TEST_DATA names.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
WORTH = TARGET / "release" / "worth"
LIFETIME_PEER = TARGET / "release" / "examples" / "lifetime_peer"
JOURNEY_PEER = TARGET / "release" / "examples" / "journey_peer"
# PyMC-Marketing has an environment of its own: it wants other versions than lifetimes.
PYMC = pathlib.Path(f"{sys.prefix}-pymc") / "bin" / "python"
# So has PM4Py, with DuckDB. It is under the AGPL: a peer in a process of its own, nothing else.
PM4PY = pathlib.Path(f"{sys.prefix}-journey") / "bin" / "python"
CACHE = pathlib.Path(os.environ.get("WORTH_BENCH_DIR", tempfile.gettempdir())) / "worth-bench"
ORDER_LINES, CUSTOMERS = 5_000_000, 500_000


def measure(command, **options):
    """Runs a command once: CPU seconds, wall seconds, peak MB, output."""
    began = time.monotonic()
    out = tempfile.TemporaryFile()
    child = subprocess.Popen([str(c) for c in command], stdout=out, stderr=subprocess.STDOUT, **options)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    out.seek(0)
    text = out.read().decode(errors="replace")
    if status != 0:
        sys.exit(f"failed ({status}): {' '.join(map(str, command))}\n{text[-3000:]}")
    return {"cpu": usage.ru_utime + usage.ru_stime, "wall": wall, "mb": usage.ru_maxrss / 1024, "out": text}


def peer(code, *arguments, python=sys.executable):
    """Runs Python code as a process of its own."""
    return measure([python, "-c", code, *arguments])


def of_work(run, work, times=1):
    """The same run with the CPU seconds of this piece of work alone, which it printed as JSON, times as many."""
    return {**run, "cpu": times * json.loads(run["out"].strip().splitlines()[-1])[work]}


def row(name, worth, other, wanted):
    ratio = worth["cpu"] / other["cpu"]
    print(f"| {name} | {worth['cpu']:.2f} | {worth['mb']:.0f} | {other['cpu']:.2f} | {other['mb']:.0f} "
          f"| {ratio:.2f} | {wanted} |", flush=True)


# ---------------------------------------------------------------- data


def order_lines(path, lines, customers, seed=7):
    """A CSV of order lines in Worth's own column names, written in chunks."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.csv as pacsv

    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(seed)
    start = np.datetime64("2023-01-01T00:00:00")
    channels = np.array(["store", "site", "app"])
    temporary = path.with_suffix(".part")
    writer = None
    chunk = 500_000
    for first in range(0, lines, chunk):
        n = min(chunk, lines - first)
        index = np.arange(first, first + n)
        product = draw.integers(1, 2000, n)
        quantity = draw.integers(1, 5, n)
        seconds = np.sort(draw.integers(0, 3 * 365 * 86400, n))
        table = pa.table({
            "order_id": pa.array([f"O{i // 2}" for i in index]),
            "line": (index % 2) + 1,
            "customer_id": pa.array([f"C{c:07d}" for c in draw.integers(0, customers, n)]),
            "ordered_at": pa.array([str(t).replace("T", " ") for t in start + seconds.astype("timedelta64[s]")]),
            "product_id": pa.array([f"P{p}" for p in product]),
            "quantity": quantity,
            "amount": np.round(product * quantity * 0.37, 2),
            "currency": pa.array(["EUR"] * n),
            "channel": channels[draw.integers(0, 3, n)],
        })
        if writer is None:
            writer = pacsv.CSVWriter(str(temporary), table.schema,
                                     write_options=pacsv.WriteOptions(quoting_style="none"))
        writer.write(table)
    writer.close()
    temporary.rename(path)
    return path


def workspace(name):
    """A new empty workspace."""
    folder = CACHE / name
    shutil.rmtree(folder, ignore_errors=True)
    measure([WORTH, "init", folder, "--currency", "EUR", "--timezone", "Europe/Paris", "--language", "en"])
    return folder


def filled(name, source):
    """A workspace with the file imported."""
    folder = workspace(name)
    result = measure([WORTH, "import", "-w", folder, "--yes", source])
    return folder, result


# ---------------------------------------------------------------- benchmarks

COPY = """
import sys, datafusion
context = datafusion.SessionContext()
context.register_csv("lines", sys.argv[1])
context.sql(f"copy (select * from lines) to '{sys.argv[2]}' stored as parquet").collect()
"""

SELF_JOIN = """
import sys, datafusion
context = datafusion.SessionContext()
context.register_parquet("lines", sys.argv[1])
context.sql('''
with days as (select customer_id, cast(ordered_at as date) as day, sum(amount) as amount from lines group by 1, 2),
     firsts as (select customer_id, min(day) as first, max(day) as last, count(*) - 1 as frequency from days group by 1)
select f.customer_id, f.frequency, f.last - f.first as recency,
       (select max(day) from days) - f.first as age,
       avg(case when d.day > f.first then d.amount end) as monetary
from firsts f join days d on d.customer_id = f.customer_id
group by f.customer_id, f.frequency, f.first, f.last
''').collect()
"""

RAW = """
import sys, datafusion
context = datafusion.SessionContext()
context.register_parquet("order_lines", sys.argv[1])
context.sql("select customer_id, count(*), sum(amount), max(ordered_at) from order_lines group by 1").collect()
"""

LIFETIMES = """
import sys, json, resource
import pandas, lifetimes
data = pandas.read_csv(sys.argv[1])
def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
def timed(work):
    began = cpu()
    result = work()
    return result, cpu() - began
model, fit = timed(lambda: lifetimes.BetaGeoFitter().fit(data.frequency, data.recency, data["T"]))
repeat = data[(data.frequency > 0) & (data.monetary > 0)]
spend, spend_fit = timed(lambda: lifetimes.GammaGammaFitter().fit(repeat.frequency, repeat.monetary))
_, value = timed(lambda: spend.customer_lifetime_value(model, data.frequency, data.recency, data["T"], data.monetary,
                                                      time=12, discount_rate=0.01, freq="W"))
_, alive = timed(lambda: model.conditional_probability_alive(data.frequency, data.recency, data["T"]))
_, expected = timed(lambda: model.conditional_expected_number_of_purchases_up_to_time(
    39, data.frequency, data.recency, data["T"]))
_, modified = timed(lambda: lifetimes.ModifiedBetaGeoFitter().fit(data.frequency, data.recency, data["T"]))
few = data.head(int(sys.argv[2]))
_, pareto = timed(lambda: lifetimes.ParetoNBDFitter().fit(few.frequency, few.recency, few["T"]))
print(json.dumps({"fit": fit, "spend": spend_fit, "value": value, "alive": alive, "expected": expected,
                  "modified": modified, "pareto": pareto}))
"""

POSTERIOR = """
import sys, json, resource
import pandas
from pymc_marketing.clv import BetaGeoModel
data = pandas.read_csv(sys.argv[1])
data["customer_id"] = data.index
def cpu():
    own, of_chains = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + of_chains.ru_utime + of_chains.ru_stime
began = cpu()
BetaGeoModel(data=data).fit(chains=4, tune=1000, draws=2000, random_seed=0, progressbar=False)
print(json.dumps({"sampling": cpu() - began}))
"""

TO_PARQUET = """
import sys
import pyarrow as pa, pyarrow.csv as pacsv, pyarrow.parquet as pq
types = pacsv.ConvertOptions(column_types={"at": pa.timestamp("us", tz="UTC")})
pq.write_table(pacsv.read_csv(sys.argv[1], convert_options=types), sys.argv[2])
"""

# Times and waiting times of the directly-follows graph, nothing else.
DIRECTLY_FOLLOWS_PM4PY = """
import sys
import pandas
from pm4py.algo.discovery.dfg.adapters.pandas import df_statistics
steps = pandas.read_parquet(sys.argv[1])
times, waits = df_statistics.get_dfg_graph(
    steps, measure="both", perf_aggregation_key="mean",
    case_id_glue="customer_id", activity_key="name", timestamp_key="at")
print(len(times), sum(times.values()))
"""

DIRECTLY_FOLLOWS_DUCKDB = """
import sys, duckdb
edges = duckdb.sql(f'''
with steps as (
    select name, "at", lag(name) over journey as before, lag("at") over journey as since
    from '{sys.argv[1]}' window journey as (partition by customer_id order by "at"))
select before, name, count(*) as times, avg(wait) as mean, quantile_cont(wait, [.25, .5, .75]) as quartiles
from (select before, name, epoch_us("at") - epoch_us(since) as wait from steps where before is not null) group by 1, 2
''').fetchall()
print(len(edges), sum(edge[2] for edge in edges))
"""

EVENTUALLY_FOLLOWS_PM4PY = """
import sys
import pandas, pm4py
steps = pandas.read_parquet(sys.argv[1])
pairs = pm4py.discover_eventually_follows_graph(
    steps, activity_key="name", timestamp_key="at", case_id_key="customer_id")
print(len(pairs), sum(pairs.values()))
"""


def bench_import():
    source = order_lines(CACHE / "lines.csv", ORDER_LINES, CUSTOMERS)
    _, worth = filled("import", source)
    other = peer(COPY, str(source), str(CACHE / "copy.parquet"))
    row("import 5 M order lines from CSV / DataFusion copies the CSV to Parquet", worth, other, "≤ 2.5, < 1,000 MB")


def bench_million():
    """One million lines into a lake of fifty million: ten files of five million first."""
    folder = workspace("fifty")
    for part in range(10):
        source = order_lines(CACHE / f"fifty-{part}.csv", ORDER_LINES, CUSTOMERS, seed=100 + part)
        with open(source) as lines, open(CACHE / "part.csv", "w") as renamed:
            renamed.write(next(lines))
            for line in lines:
                renamed.write(f"S{part}{line}")
        source.unlink()
        measure([WORTH, "import", "-w", folder, "--yes", CACHE / "part.csv"])
    more = order_lines(CACHE / "million.csv", 1_000_000, CUSTOMERS, seed=3)
    worth = measure([WORTH, "import", "-w", folder, "--yes", more])
    other = peer(COPY, str(more), str(CACHE / "copy.parquet"))
    row("import 1 M lines into a lake of 50 M / DataFusion copies the CSV to Parquet", worth, other, "< 1,000 MB")


def bench_rfm():
    source = order_lines(CACHE / "lines.csv", ORDER_LINES, CUSTOMERS)
    folder, _ = filled("rfm", source)
    parquet = CACHE / "copy.parquet"
    peer(COPY, str(source), str(parquet))
    worth = measure([WORTH, "lifetime", "-w", folder, "--summary-only", "--json"])
    row("RFM of 5 M lines, 500 k customers / plain SQL self-join", worth, peer(SELF_JOIN, str(parquet)), "≤ 0.5, < 500 MB")


def bench_read():
    source = order_lines(CACHE / "lines.csv", ORDER_LINES, CUSTOMERS)
    folder, _ = filled("read", source)
    files = folder / "lake"
    worth = measure([WORTH, "sql", "-w", folder, "--out", CACHE / "read.parquet",
                     "select customer_id, count(*), sum(amount), max(ordered_at) from order_lines group by 1"])
    data = next(p for p in sorted(files.rglob("*.parquet"), key=lambda p: -p.stat().st_size))
    other = peer(RAW, str(data.parent))
    row("aggregate 5 M lines per customer through the lake / the same Parquet files directly", worth, other, "≤ 1.3")


def bench_fit():
    """Both read the same CSV; CPU of each piece of work alone, without reading or starting up. Pareto/NBD
    takes lifetimes minutes for a million, so it has the first 20,000 and the ratio is per customer."""
    customers, many, few = CACHE / "customers.csv", 1_000_000, 20_000
    measure([LIFETIME_PEER, "draw", customers, str(many)])
    worth = measure([LIFETIME_PEER, "measure", customers])
    other = peer(LIFETIMES, str(customers), str(few))
    for work, name, wanted in [
        ("fit", "BG/NBD fit", "≤ 0.1"),
        ("spend", "Gamma-Gamma fit", "≤ 0.1"),
        ("value", "12-month value", "≤ 0.05"),
        ("alive", "P(alive)", "≤ 0.33"),
        ("expected", "expected purchases", "≤ 0.33"),
    ]:
        row(f"{name}, 1 M customers / lifetimes", of_work(worth, work), of_work(other, work), wanted)
    modified = measure([LIFETIME_PEER, "measure", customers, "modified-beta-geo"])
    row("MBG/NBD fit, 1 M customers / lifetimes", of_work(modified, "fit"), of_work(other, "modified"), "≤ 0.1")
    pareto = measure([LIFETIME_PEER, "measure", customers, "pareto-nbd"])
    row("Pareto/NBD fit, 1 M customers / lifetimes, 20,000 of them scaled to as many",
        of_work(pareto, "fit"), of_work(other, "pareto", many / few), "≤ 0.033")


def bench_scores():
    """Fit, P(alive), purchases and value of ten million customers: memory."""
    customers = CACHE / "ten-million.csv"
    measure([LIFETIME_PEER, "draw", customers, "10000000"])
    worth = measure([LIFETIME_PEER, "measure", customers])
    print(f"| 10 M customers fitted and scored | {worth['cpu']:.2f} | {worth['mb']:.0f} | | | | < 4,000 MB |", flush=True)
    customers.unlink()


def steps(millions):
    """A web shop's steps as CSV and as Parquet, in the order of time."""
    csv, parquet = (CACHE / f"steps-{millions}.{kind}" for kind in ("csv", "parquet"))
    if not parquet.exists():
        measure([JOURNEY_PEER, "draw", csv, str(millions * 1_000_000)])
        peer(TO_PARQUET, csv, parquet, python=PM4PY)
    return csv, parquet


def bench_journey():
    """Whole processes: ours makes all of the map, peers make the directly-follows graph with waiting times from
    Parquet. `worth journey` reads the lake and tells much besides; the model alone reads the CSV."""
    csv, parquet = steps(10)
    folder, _ = filled("journey", csv)
    whole = measure([WORTH, "journey", "-w", folder, "--json"])
    worth = measure([JOURNEY_PEER, "measure", csv])
    pm4py = peer(DIRECTLY_FOLLOWS_PM4PY, parquet, python=PM4PY)
    duckdb = peer(DIRECTLY_FOLLOWS_DUCKDB, parquet, python=PM4PY)
    row("`worth journey` of 10 M steps in the lake / PM4Py's directly-follows graph with waiting times", whole, pm4py,
        "≤ 0.33, < 1,500 MB")
    row("the same / DuckDB's SQL for it", whole, duckdb, "≤ 1")
    row("map of 10 M steps from CSV / PM4Py", worth, pm4py, "≤ 0.33, < 1,500 MB")
    row("the same / DuckDB", worth, duckdb, "≤ 1")
    csv, parquet = steps(1)
    row("what follows at any time, 1 M steps / PM4Py", measure([JOURNEY_PEER, "measure", csv, "follows"]),
        peer(EVENTUALLY_FOLLOWS_PM4PY, parquet, python=PM4PY), "")


def bench_posterior():
    """4 chains of 1,000 steps of tuning and 2,000 draws, each with its own default prior."""
    if "WORTH_TEST_DATA" not in os.environ:
        print("posterior skipped: needs WORTH_TEST_DATA", file=sys.stderr)
        return
    summary = pathlib.Path(os.environ["WORTH_TEST_DATA"]) / "cdnow" / "cdnow_customers_summary.csv"
    customers = CACHE / "cdnow.csv"
    with open(summary) as lines, open(customers, "w") as renamed:
        next(lines)
        renamed.write("frequency,recency,T,monetary\n")
        for line in lines:
            _, history = line.strip().split(",", 1)
            renamed.write(f"{history},0\n")
    worth = measure([LIFETIME_PEER, "posterior", customers])
    other = peer(POSTERIOR, customers, python=PYMC)
    row("posterior of BG/NBD, CDNOW, 4 × 2,000 draws / PyMC-Marketing",
        of_work(worth, "sampling"), of_work(other, "sampling"), "≤ 0.05")


def bench_help():
    walls = sorted(measure([WORTH, "--help"])["wall"] for _ in range(11))
    print(f"| worth --help, median wall | {walls[5] * 1000:.0f} ms | | | | | < 50 ms |", flush=True)


# These need no lake.
OF_MODELS = {"fit", "scores", "posterior"}


def main():
    known = {name[6:]: call for name, call in globals().items() if name.startswith("bench_")}
    wanted = sys.argv[1:] or list(known)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(known)}")
    if not WORTH.exists() and not set(wanted) <= OF_MODELS:
        sys.exit(f"{WORTH} is missing: cargo build --release first")
    if not (LIFETIME_PEER.exists() and JOURNEY_PEER.exists()) and (OF_MODELS | {"journey"}) & set(wanted):
        sys.exit("peers are missing: cargo build --release -p worth-model --examples first")
    CACHE.mkdir(parents=True, exist_ok=True)
    print("| work / peer | CPU s | MB | peer CPU s | peer MB | ratio | wanted |\n|---|---|---|---|---|---|---|")
    for name in wanted:
        known[name]()


if __name__ == "__main__":
    main()
