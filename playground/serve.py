"""Settings -> engine -> page -> server: the one place that puts them together."""

import logging
import os
import signal
import sys
import threading
import warnings
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Any

from .catalogues.datasets import upload_folders, uploads
from .collector import keep_loaded
from .engine.engine import Engine
from .engine.heap import give_back, keep_few_arenas
from .preset_files import DEFAULT, preset
from .reading.calls import read_apart
from .reading.pool import Pool
from .settings import Settings
from .ui.apart.calculators import Calculators

# Gradio looks for events every millisecond, which costs an idle server 7 % of a core.
QUEUE_PAUSE_S = 0.2
SESSIONS = 500  # page states that Gradio keeps; ours hold next to nothing
LOOK_S = 5.0  # between two looks whether the thread that looks after the others lives
# A thread that calculates hands over the interpreter so often. Python's own 5 ms would make a training of small
# layers wait so long after each of them while anything else is worked out; with much less than this, many threads at
# once (a class at work) lose more by handing over than they gain.
SWITCH_S = 0.0002
END_S = 3.0  # from a signal to the end of the process, whatever is trained or asked
SLICE_END_S = 1.0  # of it for the steps under way


def serve(host: str, port: int, share: bool) -> int:
    """Serves until SIGINT or SIGTERM. Out: exit status, 2 where the address cannot be had."""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        print(f"A setting cannot be used: {error}", file=sys.stderr)
        return 2
    keep_few_arenas()  # before the threads of the engine are made
    stop = stop_at_signals()
    upload_folders.remove_left_behind()  # of a server that was killed
    engine = Engine(settings)
    pool = Pool(settings.readers, limit_s=settings.max_read_s)
    read_apart(pool)  # before anybody can hand in anything
    calculators = Calculators()
    try:
        demo, url = launch(engine, host, port, share, calculators)
    except (OSError, OverflowError) as error:
        read_apart(None)
        pool.close()
        advice = "Choose another with --port."
        print(f"{host}:{port} cannot be used: {error}. {advice}", file=sys.stderr)
        return 2
    print(f"The playground is open at {url}", flush=True)
    threading.Thread(
        target=warm_up, args=(pool, calculators), name="playground-warm-up", daemon=True
    ).start()
    while not stop.wait(LOOK_S):
        engine.look_after()
        give_back()
    with suppress(OSError):  # who read its output may have gone first
        print("The playground ends.", flush=True)
    end(demo, engine, [pool, calculators])
    return 0


def stop_at_signals() -> threading.Event:
    """An event that Ctrl+C and a container's SIGTERM set: Python itself would end at the latter without cleaning up."""
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    return stop


def end(demo: Any, engine: Engine, pools: Sequence[Pool | Calculators]) -> None:
    """Closes everything, and ends the process where that takes too long: one step of a network may take minutes."""
    last_resort = threading.Timer(END_S, end_at_once)
    last_resort.daemon = True
    last_resort.start()
    stop_answering(demo)
    for pool in pools:
        pool.close()  # soon: what a reader sends in this very moment would take seconds to take in
    engine.close(SLICE_END_S)
    uploads.STORE.clear()
    demo.close(verbose=False)
    end_at_once()


def stop_answering(demo: Any) -> None:
    """Lets nobody in any more, and does not wait for those who are still sending or reading: a stream never ends."""
    server = getattr(demo, "server", None)
    if server is not None:
        # It calls its own end an error, and prints where it was.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        server.should_exit = True
        server.force_exit = True


def end_at_once() -> None:
    """Without waiting for any thread; files that people handed in go all the same.

    Python's own way out takes torch's threads down while a step may still run in them, and C++ aborts.
    """
    uploads.STORE.clear()
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(0)


def launch(
    engine: Engine,
    host: str = "127.0.0.1",
    port: int | None = None,
    share: bool = False,
    calculators: Calculators | None = None,
) -> tuple[Any, str]:
    """Starts the server in threads of its own. Out: (the Blocks, its address). Raises: OSError for a taken port."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    sys.setswitchinterval(SWITCH_S)
    from PIL import Image

    from .ui.app import build_app, launch_options
    from .ui.door.installing import door_before, guard_connections, prepare_process
    from .ui.door.listening import listen_more
    from .ui.first_page import middleware
    from .ui.routes import routes
    from .ui.shares.budget import Budget
    from .ui.shares.loop_rest import LoopRest
    from .ui.shares.work import Shares

    settings = engine.settings
    budget, rest = Budget(lambda: engine.trains), LoopRest(lambda: engine.trains)
    our_routes = routes(engine, Shares(budget=budget, calculators=calculators))
    prepare_process()
    Image.MAX_IMAGE_PIXELS = settings.max_pixels
    logging.getLogger("httpx").setLevel(logging.WARNING)
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    demo = build_app(settings)
    demo.queue(api_open=False)
    demo._queue.sleep_when_free = QUEUE_PAUSE_S
    demo._queue.progress_update_sleep_when_free = QUEUE_PAUSE_S
    _, url, shared = demo.launch(
        server_name=host,
        server_port=port,
        share=share,
        prevent_thread_lock=True,
        quiet=True,
        max_file_size=settings.max_upload_bytes,
        state_session_capacity=SESSIONS,
        app_kwargs={
            "routes": our_routes,
            "middleware": middleware(settings.frame_ancestors, share),
            "lifespan": door_before(our_routes, settings, budget, rest),
        },
        **launch_options(),
    )
    guard_connections(demo.server, settings, rest)
    listen_more(demo.server)
    return demo, shared or url


def warm_up(pool: Pool, calculators: Calculators) -> None:
    """Does once what is slow the first time, so that the first visitor does not wait for it."""
    from .questions.report import load_figures
    from .ui.answers.boot import fixed_text
    from .ui.answers.check import check_answer
    from .ui.answers.preview import preview_answer
    from .ui.handlers.health import READY

    fixed_text()
    experiment = preset(DEFAULT).experiment
    check_answer(experiment.model_dump(mode="json"), Settings())
    preview_answer(experiment)
    experiment.data.split()
    pool.warm()
    READY.set()
    calculators.warm()
    load_figures()  # takes seconds, in which everything else would answer slowly
    keep_loaded()
