"""Train: how the network learns, and the curves of the run."""

import gradio as gr

from ..page import place


def panel() -> None:
    """Places the settings first, then the charts; what does not fit the task hides itself."""
    place("training_fields")
    with gr.Row(elem_id="train-more"):
        place("range_test")
        place("layer_learning")
    with gr.Row(elem_id="train-charts"):
        place("live_chart", elem_id="chart-loss", chart="loss")
        place("boundary", elem_id="boundary-train", place="train")
        place("places")
        place("fit")
        for chart in ("accuracy", "mae", "r2", "loss_parts", "lr", "grad_norm"):
            place("live_chart", elem_id=f"chart-{chart}", chart=chart)
        for chart in ("clipping", "clipped_share", "update_ratio"):
            place("live_chart", elem_id=f"chart-{chart}", chart=chart)
    place("report")
