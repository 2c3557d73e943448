"""Somebody builds an experiment: checks, looks at data, uploads, downloads, the range test, drawings."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from ...catalogues.datasets import upload_names, uploads
from ...catalogues.datasets.downloads import DOWNLOADS, SOURCES
from ...engine.clients import Client
from ...engine.engine import Engine
from ...experiment import Experiment
from ...faults import ExperimentError
from ...questions.encoding import as_bytes
from ...reading.calls import read
from ..answers.understood import understood_answer
from ..shares.kinds import QUICK
from ..shares.work import share_of, work
from .asked import asked
from .requests import NOT_KEPT, Reply, read_body, read_json

PAD_SIDE = 112  # pixels of the page's drawing pad: four times the 28 that a digit has
PICTURE_KIND = re.compile(r"picture ([13]) (28|32|64)")  # channels, side


class Building:
    """The handlers, over the settings of one engine."""

    def __init__(self, engine: Engine):
        self._settings = engine.settings
        uploads.STORE.max_bytes = self._settings.max_data_bytes
        uploads.STORE.max_total_bytes = self._settings.max_stored_bytes
        uploads.STORE.address_share = self._settings.address_share

    async def check(self, request: Request) -> Response:
        """What is wrong with an experiment, and all that the screen shows of it."""
        return await asked(request, "check", self._settings)

    async def preview(self, request: Request) -> Response:
        """A look at the data."""
        return await asked(request, "preview", self._settings)

    async def understood(self, request: Request) -> Response:
        """What was understood of a person's own file, what is doubtful, and how each doubt is settled."""
        value = await self._json(request)
        return Reply(await work(request, _understood, value.get("data")))

    async def range_test(self, request: Request) -> Response:
        """The learning-rate range test of an experiment; one at a time, since each takes a core."""
        return await asked(request, "range_test", self._settings)

    async def linear(self, request: Request) -> Response:
        """The scores of a linear model on the samples of an experiment."""
        return await asked(request, "linear", self._settings)

    async def see(self, request: Request) -> Response:
        """What the network would see of a drawing or a photo; `x-kind` says what the body is."""
        body = await read_body(request, self._settings.max_upload_bytes, "upload_too_large")
        kind = request.headers.get("x-kind", "photo")
        # Raw ink is only scaled, and the pen does not wait behind files.
        share = QUICK if kind == "pad" else None
        answer = await work(request, _see, body, kind, self._settings.max_pixels, kind=share)
        return Reply(answer)

    async def upload(self, request: Request) -> Response:
        """A data file: the body is its bytes, `?kind=` what it is, `?name=` what its owner calls it.

        Answers its id, its name made harmless, what is in it, and the key with which its owner may fetch it again.
        """
        body = await read_body(request, self._settings.max_data_bytes, "data_too_large")
        kind = request.query_params.get("kind", "")
        name = request.query_params.get("name", "")
        return Reply(await work(request, _upload, body, kind, name, share_of(request).client))

    async def download(self, request: Request) -> Response:
        """POST begins the download of a public data set, or stops it (`{"cancel": true}`); GET says how far it is."""
        name = request.path_params["dataset"]
        if name not in SOURCES:
            return Response(status_code=404)
        if request.method == "POST":
            value = await self._json(request)
            change = DOWNLOADS.cancel if value.get("cancel") is True else DOWNLOADS.start
            await work(request, change, name)
        progress = await work(request, DOWNLOADS.view, name)
        return Reply(asdict(progress), headers=NOT_KEPT)

    async def _json(self, request: Request) -> Mapping[str, Any]:
        return await read_json(request, self._settings)


def _understood(data: Any) -> dict[str, Any]:
    experiment = Experiment.from_dict({"data": data})
    return understood_answer(experiment.data)


def _see(body: bytes, kind: str, max_pixels: int) -> dict[str, Any]:
    """In: what the body is: "pad", raw ink of 112 × 112 bytes; "photo", a file with a digit in it; "picture 3 32", a
    file to be taken as it is, with its channels and its side. Out: the pixels, and whether nothing was drawn."""
    if kind == "pad":
        # Raw ink has no format to go wrong, and the pen does not wait for another process.
        from ...reading.drawing import from_pad

        seen = from_pad(_pad(body))
        return {"pixels": as_bytes(seen.pixels), "empty": seen.empty}
    as_it_is = PICTURE_KIND.fullmatch(kind)
    if as_it_is:
        channels, side = as_it_is.groups()
        options = {"side": int(side), "colour": channels == "3", "max_pixels": max_pixels}
        answer = read("picture", options, body)
    else:
        answer = read("photo", {"max_pixels": max_pixels}, body)
    return {"pixels": as_bytes(answer.arrays["pixels"]), "empty": answer.value["empty"]}


def _pad(body: bytes) -> np.ndarray:
    if len(body) != PAD_SIDE**2:
        detail = f"a drawing must have {PAD_SIDE} × {PAD_SIDE} bytes"
        raise ExperimentError.at("", "bad_question", detail=detail)
    return np.frombuffer(body, np.uint8).reshape(PAD_SIDE, PAD_SIDE)


def _upload(body: bytes, kind: str, name: str, client: Client) -> dict[str, Any]:
    """Keeps a data file. What cannot be read at all is not kept."""
    uploads.STORE.check(body, kind)
    facts = uploads.facts(body, kind)
    file = uploads.put(body, kind, name, (client.address, client.token))
    key = upload_names.owner_key(file)
    return {"id": file, "name": uploads.name_of(file), "key": key, "facts": facts}
