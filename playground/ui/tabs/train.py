"""Train: the curves of the run, and how the network learns."""

import gradio as gr

from ..page import place


def panel() -> None:
    """Places the charts, then the training fields, for all layers and for single ones."""
    with gr.Row(elem_id="train-charts"):
        for chart in ("loss", "accuracy", "mae", "r2", "loss_parts", "lr", "grad_norm"):
            place("live_chart", elem_id=f"chart-{chart}", chart=chart)
        place("fit")
        place("places")
        place("boundary", elem_id="boundary-train", place="train")
        for chart in ("clipping", "clipped_share", "update_ratio"):
            place("live_chart", elem_id=f"chart-{chart}", chart=chart)
    place("report")
    place("training_fields")
    place("range_test")
    place("layer_learning")
