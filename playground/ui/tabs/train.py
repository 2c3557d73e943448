"""Train: the curves of the run, and how the network learns."""

import gradio as gr

from ..components.boundary import Boundary
from ..components.fit import Fit
from ..components.layer_learning import LayerLearning
from ..components.live_chart import LiveChart
from ..components.places import Places
from ..components.range_test import RangeTest
from ..components.report import Report
from ..components.training_fields import TrainingFields


def panel() -> None:
    """Places the charts, then the training fields, for all layers and for single ones."""
    with gr.Row(elem_id="train-charts"):
        for chart in ("loss", "accuracy", "mae", "r2", "loss_parts", "lr", "grad_norm"):
            LiveChart(chart)
        Fit()
        Places()
        Boundary("train")
        for chart in ("clipping", "clipped_share", "update_ratio"):
            LiveChart(chart)
    Report()
    TrainingFields()
    RangeTest()
    LayerLearning()
