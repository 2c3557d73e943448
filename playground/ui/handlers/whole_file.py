"""A whole file answered by the network of a run: a CSV with the answers, and the report where there is one."""

import json
import re
import time
from dataclasses import asdict, dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...answering import FileAnswers, LeftOut, answer_file
from ...engine.clients import Client
from ...engine.engine import Engine
from ...experiment import Experiment
from ...export.onnx import NetworkCopy
from ...faults import ExperimentError
from ...questions.report import Report
from ...results import FinishedRun
from ...training.trainer import Trainer
from ..shares.sending import file_answer
from ..shares.work import place, share_of
from .begin import ask
from .requests import NOT_KEPT, Reply, read_body

MOST_SAMPLES = 200_000
MOST_S = 60.0  # of answering; reading has its own limit
SHOWN = 50  # rows or files without an answer that are named
JOB = re.compile(r"[A-Za-z0-9-]{1,64}")


@dataclass(frozen=True)
class Moment:
    """A question to a run: a copy of its network, with the step and the epoch that it stands at."""

    def __call__(self, trainer: Trainer) -> tuple[FinishedRun, dict[str, Any]]:
        return NetworkCopy()(trainer), {"step": trainer.step, "epoch": trainer.epoch}


class Progress:
    """How far each file is that is being answered, by its client and the name that the client gave it."""

    def __init__(self) -> None:
        self._jobs: dict[tuple[Client, str], tuple[int, int]] = {}

    def tell(self, client: Client, job: str, done: int, of: int) -> None:
        """So many samples are answered."""
        self._jobs[client, job] = done, of

    def of(self, client: Client, job: str) -> dict[str, int]:
        """What the page asks for; 0 of 0 while the file is read, or where there is no such job."""
        done, of = self._jobs.get((client, job), (0, 0))
        return {"done": done, "of": of}

    def forget(self, client: Client, job: str) -> None:
        """It is over."""
        self._jobs.pop((client, job), None)


class WholeFiles:
    """The handlers, over one engine."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._settings = engine.settings
        self._progress = Progress()

    async def answer(self, request: Request) -> Response:
        """The answers to the file that is the body; ?name= is what it is called, ?job= how its progress is asked for.

        Out: a line of JSON, then the CSV. With the weights of the moment at which the file had arrived.
        """
        run = self._engine.get(request.path_params["run"])
        body = await read_body(request, self._settings.max_data_bytes, "data_too_large")
        if not body:
            raise ExperimentError.at("file", "upload_empty")
        name = request.query_params.get("name", "")[:200]
        job = request.query_params.get("job", "")
        client = share_of(request).client
        try:
            async with place(request) as taken:
                finished, moment = await ask(request, run, Moment())
                watch = self._watch(client, job)
                facts, data = await taken.run(_answered, finished, body, name, moment, watch)
        finally:
            self._progress.forget(client, job)
        told = json.dumps({**facts, "run": run.id}, allow_nan=False).encode("ascii")
        return file_answer(request, told + b"\n" + data)

    async def progress(self, request: Request) -> Response:
        """How many samples of a file are answered."""
        job = request.path_params["job"]
        return Reply(self._progress.of(share_of(request).client, job), headers=NOT_KEPT)

    def _watch(self, client: Client, job: str) -> "Watch":
        known = job if JOB.fullmatch(job) else ""
        return Watch(self._progress, client, known, time.monotonic())


@dataclass(frozen=True)
class Watch:
    """Told after every chunk: keeps the progress, and ends what takes too long."""

    progress: Progress
    client: Client
    job: str
    began: float

    def __call__(self, done: int, of: int) -> None:
        """Raises: ExperimentError where the rest would take too long."""
        if self.job:
            self.progress.tell(self.client, self.job, done, of)
        if time.monotonic() - self.began > MOST_S and done < of:
            raise ExperimentError.at("file", "asked_too_slow", limit=int(MOST_S))


def _answered(
    finished: FinishedRun, body: bytes, name: str, moment: dict[str, Any], watch: Watch
) -> tuple[dict[str, Any], bytes]:
    """What the page shows, and the CSV."""
    answers = answer_file(finished, body, name, most=MOST_SAMPLES, on_chunk=watch, about=moment)
    return _facts(answers, finished.experiment, moment), answers.csv().encode("utf-8", "replace")


def _facts(answers: FileAnswers, experiment: Experiment, moment: dict[str, Any]) -> dict[str, Any]:
    report = None
    if answers.report is not None:
        report = Report().tell(answers.report, experiment)
    return {
        "step": moment["step"],
        "n": answers.n,
        "left_out": len(answers.left_out),
        "first_left_out": [_told(entry) for entry in answers.left_out[:SHOWN]],
        "strange": [asdict(strange) for strange in answers.strange[:SHOWN]],
        "report": report,
    }


def _told(entry: LeftOut) -> dict[str, str]:
    return {"place": entry.place[:100], "why": entry.why}
