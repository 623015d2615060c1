"""Transitions, waiting times in seconds and what follows at any time in three public logs, as PM4Py has them. Steps of
the same instant are in the order of the file.

    WORTH_TEST_DATA=... python journey.py > journey.txt
"""

import os
import pathlib
import sys

import pandas
import pm4py

FOLDER = pathlib.Path(os.environ["WORTH_TEST_DATA"]) / "journeys"


def table(name):
    steps = pandas.read_csv(FOLDER / name, keep_default_na=False)
    steps = steps.rename(columns={"case_id": "case:concept:name", "activity": "concept:name"})
    steps["time:timestamp"] = pandas.to_datetime(steps["timestamp"])
    return pm4py.format_dataframe(steps[["case:concept:name", "concept:name", "time:timestamp"]])


def told(name, steps):
    directly, _, _ = pm4py.discover_dfg(steps)
    waits, _, _ = pm4py.discover_performance_dfg(steps)
    for (one, other), times in sorted(pm4py.discover_eventually_follows_graph(steps).items()):
        wait = waits.get((one, other), {"mean": 0.0, "median": 0.0})
        print(f"{name},{one},{other},{directly.get((one, other), 0)},{wait['mean']:.6f},{wait['median']:.6f},{times}")


print(f"# PM4Py {pm4py.__version__}, pandas {pandas.__version__}: log,from,to,times,mean,median,pairs", file=sys.stdout)
told("running-example", pm4py.convert_to_dataframe(pm4py.read_xes(str(FOLDER / "running-example.xes"))))
told("sepsis", table("sepsis.csv"))
told("traffic-fines", table("traffic_fines.csv"))
