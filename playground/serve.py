"""Settings -> engine -> page -> server: the one place that puts them together."""

import logging
import os
import sys
import threading
import warnings
from typing import Any

from .engine.engine import Engine
from .presets import DEFAULT, preset
from .settings import Settings

QUEUE_PAUSE_S = (
    0.2  # Gradio looks for events every millisecond, which costs an idle server 7 % of a core
)
SESSIONS = 500  # page states that Gradio keeps; ours hold next to nothing


def serve(host: str, port: int, share: bool) -> int:
    """Serves until interrupted. Out: exit status, 2 where the address cannot be had."""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        print(f"A setting cannot be used: {error}", file=sys.stderr)
        return 2
    engine = Engine(settings)
    try:
        demo, url = launch(engine, host, port, share)
    except (OSError, OverflowError) as error:
        print(
            f"{host}:{port} cannot be used: {error}. Choose another with --port.", file=sys.stderr
        )
        return 2
    print(f"The playground is open at {url}", flush=True)
    threading.Thread(target=warm_up, name="playground-warm-up", daemon=True).start()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print()
    finally:
        demo.close(verbose=False)
        engine.close()
    return 0


def launch(
    engine: Engine, host: str = "127.0.0.1", port: int | None = None, share: bool = False
) -> tuple[Any, str]:
    """Starts the server in threads of its own. Out: (the Blocks, its address). Raises: OSError for a taken port."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    from PIL import Image

    from .ui import build_app, launch_options
    from .ui.routes import routes

    Image.MAX_IMAGE_PIXELS = engine.settings.max_pixels
    logging.getLogger("httpx").setLevel(logging.WARNING)
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    demo = build_app(engine.settings)
    demo.queue(api_open=False)
    demo._queue.sleep_when_free = demo._queue.progress_update_sleep_when_free = QUEUE_PAUSE_S
    _, url, shared = demo.launch(
        server_name=host,
        server_port=port,
        share=share,
        prevent_thread_lock=True,
        quiet=True,
        max_file_size=engine.settings.max_upload_bytes,
        state_session_capacity=SESSIONS,
        app_kwargs={"routes": routes(engine)},
        **launch_options(),
    )
    return demo, shared or url


def warm_up() -> None:
    """Does once what is slow the first time, so that the first visitor does not wait for it."""
    from .ui.answers import check_answer, preview_answer

    experiment = preset(DEFAULT).experiment
    check_answer(experiment.model_dump(mode="json"), Settings())
    preview_answer(experiment)
    experiment.data.split()
