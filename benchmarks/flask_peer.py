"""The peer of the gate: `threatexchange`'s own PDQ index behind plain Flask routes. gunicorn starts it."""

from __future__ import annotations

import os
from typing import Any

import faiss
import numpy as np
from flask import Flask, request
from threatexchange.signal_type.pdq.pdq_index import PDQIndex

THRESHOLD_BITS = 31

app = Flask(__name__)
faiss.omp_set_num_threads(1)
codes = np.load(os.environ["CODES"])
index: PDQIndex[int] = PDQIndex((code.tobytes().hex(), row) for row, code in enumerate(codes))
del codes


@app.post("/one")
def one() -> dict[str, Any]:
    found = index.query(request.get_json()["pdq"])
    return {"matches": [{"entry": each.metadata, "distance": each.similarity_info.distance} for each in found]}


@app.post("/many")
def many() -> dict[str, Any]:
    """All in one search, which its index can do, though `query` does not."""
    hashes = request.get_json()["items"]
    found = index.index.search_with_distance_in_result(hashes, THRESHOLD_BITS)
    return {
        "items": [
            [{"entry": index.local_id_to_entry[row][1], "distance": int(distance)} for row, _, distance in found[each]]
            for each in hashes
        ]
    }
