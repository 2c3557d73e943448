"""What leaves the page as a file, and comes back: notebook, own data, ONNX, weights, checkpoints."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import torch
from starlette.requests import Request
from starlette.responses import Response

from ...catalogues.datasets import upload_names, uploads
from ...engine.clients import Client
from ...engine.devices import device_named
from ...engine.engine import Engine
from ...engine.run import Run
from ...engine.work import Begin
from ...experiment import Experiment
from ...export.example import example_code
from ...export.onnx import NetworkCopy, draft_of, onnx_bytes
from ...faults import ExperimentError
from ...network.builder import build_model
from ...network.limits import admit
from ...results import FinishedRun
from ...training.checkpoints import Checkpoint, Kept, from_bytes
from ...training.randomness import RandomState
from ...training.trainer import Trainer
from ...training.weights import (
    SHOWN,
    StartingWeights,
    compare,
    put_into,
    read_weights,
    unwrapped,
    weight_bytes,
)
from ..apart.carried import carried_draft
from ..shares.sending import file_answer
from ..shares.work import Place, place, share_of, work
from .asked import JSON, asked
from .begin import ask, begin_run, begun
from .requests import Reply, read_body

NOTEBOOK = "application/x-ipynb+json"


class TakeAway:
    """The handlers, over one engine."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._settings = engine.settings

    async def notebook(self, request: Request) -> Response:
        """The experiment as a notebook."""
        answer = await asked(request, "notebook", self._settings)
        if answer.status_code != 200:
            return answer
        told = json.loads(bytes(answer.body))
        headers = _attached(f"{told['stem']}.ipynb")
        return Response(told["text"], media_type=NOTEBOOK, headers=headers)

    async def own_file(self, request: Request) -> Response:
        """A file that a person handed in, for the one who has its key; others learn nothing of it."""
        file = request.path_params["file"]
        key = request.query_params.get("key", "")
        # The same answer to both, so that nobody learns which files there are.
        if not upload_names.is_owner(file, key) or file not in uploads.STORE:
            return Response(status_code=404)
        headers = _attached(uploads.name_of(file))
        data = await work(request, uploads.get, file)
        return file_answer(request, data, headers)

    async def onnx(self, request: Request) -> Response:
        """The network as it is now, as a checked ONNX file; how far its outputs are stands in a header."""
        run = self._run(request)
        async with place(request) as taken:
            finished = await ask(request, run, NetworkCopy())
            if isinstance(answer := await _onnx_of(request, taken, finished), Response):
                return answer
        data, difference = answer
        return file_answer(request, data, {"X-Difference": f"{difference:.1e}"})

    async def example(self, request: Request) -> Response:
        """A script that asks the ONNX file about one raw sample."""
        run = self._run(request)
        text = await work(request, example_code, run.experiment)
        return Response(text, media_type="text/x-python")

    async def weights(self, request: Request) -> Response:
        """The weights of this moment: safetensors, or with ?format=pt a `state_dict` as torch saves it."""
        run = self._run(request)
        as_pt = request.query_params.get("format") == "pt"
        async with place(request) as taken:
            finished = await ask(request, run, NetworkCopy())
            data = await taken.run(weight_bytes, finished.model, as_pt)
        return file_answer(request, data)

    async def checkpoint(self, request: Request) -> Response:
        """All that the run needs to go on from this moment."""
        run = self._run(request)
        async with place(request):
            data = await ask(request, run, Kept())
        return file_answer(request, data)

    async def put_weights(self, request: Request) -> Response:
        """A file of weights for the experiment in ?x=…: what fits and what differs.

        A paused run begins from it where all of it fits, or where ?fits=1 says that a part will do.
        """
        body = await read_body(request, self._settings.max_weights_bytes, "upload_too_large")
        query, headers = request.query_params, request.headers
        client = share_of(request).client
        answer = await work(request, self._put_weights, body, query, headers, client)
        return Reply(answer)

    def _put_weights(
        self,
        body: bytes,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        client: Client,
    ) -> dict[str, Any]:
        experiment = Experiment.from_link(query.get("x", ""))
        plan = admit(experiment, self._settings)
        weights = read_weights(body, self._settings.max_weights_bytes)
        # Any seed would do: only names and shapes of this network are looked at.
        with RandomState(0, torch.device("cpu")).building():
            model = build_model(experiment, self._settings, plan.traced, pretrained=False)
        report = compare(unwrapped(weights, model), model)
        answer: dict[str, Any] = {
            "loaded": len(report.loaded),
            "missing": report.missing[:SHOWN],
            "unexpected": report.unexpected[:SHOWN],
            "different": report.different[:SHOWN],
            "of": len(model.state_dict()),
            "fits": report.fits,
        }
        a_part_will_do = query.get("fits") == "1" and len(report.loaded) > 0
        if not report.fits and not a_part_will_do:
            return answer
        # Here only to say now, and not when the run begins, what is wrong with the numbers.
        put_into(model, weights, what_fits=True)
        run = self._begin(experiment, headers, client, StartingWeights(weights, what_fits=True))
        return {**answer, **begun(run)}

    def _begin(
        self,
        experiment: Experiment,
        headers: Mapping[str, str],
        client: Client,
        begin: Begin,
    ) -> Run:
        """A paused run in place of the page's own, on the device that the page has chosen."""
        return begin_run(
            self._engine,
            experiment,
            headers.get("x-device", "cpu"),
            client=client,
            replaces=headers.get("x-control"),
            paused=True,
            begin=begin,
        )

    async def put_checkpoint(self, request: Request) -> Response:
        """A paused run of the file's own experiment, in the very state that the file holds."""
        body = await read_body(request, self._settings.max_checkpoint_bytes, "upload_too_large")
        client = share_of(request).client
        run, device = await work(request, self._put_checkpoint, body, request.headers, client)
        step, epoch = await ask(request, run, lambda trainer: (trainer.step, trainer.epoch))
        answer = {
            **begun(run),
            "experiment": run.experiment.model_dump(mode="json"),
            "step": step,
            "epoch": epoch,
            "from_device": device,
        }
        return Reply(answer)

    def _put_checkpoint(
        self, body: bytes, headers: Mapping[str, str], client: Client
    ) -> tuple[Run, str | None]:
        """Out: the run, and the device that the file comes from where that is of another kind."""
        checkpoint = from_bytes(body)
        self._try_out(checkpoint, headers.get("x-device", "cpu"))
        run = self._begin(checkpoint.experiment, headers, client, checkpoint)
        return run, None if checkpoint.comes_from(run.device) else checkpoint.device

    def _try_out(self, checkpoint: Checkpoint, device: str) -> None:
        """Raises: ExperimentError for a state that does not fit, as long as the page still has its earlier run."""
        plan = admit(checkpoint.experiment, self._settings)
        trainer = Trainer(checkpoint.experiment, device_named(device), plan=plan)
        checkpoint(trainer)

    def _run(self, request: Request) -> Run:
        """The run, for one who steers it, or where its watchers may take it along. Raises: ExperimentError."""
        run = self._engine.get(request.path_params["run"])
        if not run.shares_files and not run.is_controlled_by(request.headers.get("x-control")):
            raise ExperimentError.at("", "not_shared")
        return run


async def _onnx_of(
    request: Request, taken: Place, finished: FinishedRun
) -> tuple[bytes, float] | Response:
    """The file and its difference, or the refusal of the process that was to make it."""
    calculators = share_of(request).shares.calculators
    if calculators is None:  # nothing else is calculated in a server without them
        return await taken.run(onnx_bytes, finished)
    draft = await taken.run(_carried, finished)
    calculated = await taken.calculate(calculators, "onnx", {}, draft)
    if calculated.status != 200:
        return Response(calculated.body, calculated.status, media_type=JSON)
    return calculated.body, calculated.told["difference"]


def _carried(finished: FinishedRun) -> bytes:
    return carried_draft(draft_of(finished))


def _attached(name: str) -> dict[str, str]:
    """Headers of a download that is to have this name, which may hold any letter. Source: RFC 5987."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
