"""Train: how the network learns, and the curves of the run."""

import gradio as gr

from ..charts import CHARTS
from ..page import place

TEXT = {"tab.train": ("Train", "训练")}


def panel() -> None:
    """Places the settings first, then the charts; what does not fit the task hides itself."""
    place("training_fields")
    with gr.Row(elem_id="train-more"):
        place("range_test")
        place("layer_learning")
    with gr.Row(elem_id="train-charts"):
        first, *others = CHARTS
        place("live_chart", elem_id=f"chart-{first}", chart=first)
        place("boundary", elem_id="boundary-train", place="train")
        place("places")
        place("fit")
        for chart in others:
            place("live_chart", elem_id=f"chart-{chart}", chart=chart)
    place("report")
    place("whole_file", elem_id="whole_file-train")
