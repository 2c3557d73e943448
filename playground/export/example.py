"""A short script that asks an ONNX file about one raw sample, and the same facts as JSON."""

import json
from typing import Any

from ..experiment import Experiment
from ..network.goal import task_of
from .asking_code import Asking, asking_of
from .names import file_stem
from .section import source_of

STANDARD = ("json", "sys", "unicodedata")
IN_GRAPH = {
    "table": ["missing numbers (NaN) become the mean of the training part", "scaling"],
    "points": ["scaling"],
    "image": ["scaling"],
    "series": ["missing numbers (NaN) become the last known one before them", "scaling"],
    "text": [],
}


def recipe_of(experiment: Experiment) -> dict[str, Any]:
    """What the file cannot say of itself: what goes in and comes out, what happens inside, what must happen before."""
    data = experiment.data
    inside = list(IN_GRAPH[data.shape_kind])
    if getattr(data, "from_last", False):
        inside.append(
            "values are measured from the last one of their window, which is added again at the end"
        )
    asking = asking_of(data)
    return {
        "data": data.id,
        "sample": asking.what,
        "input": {
            "name": "input",
            "shape": ["batch", *_input_shape(experiment)],
            "type": _type_of(experiment),
        },
        "inside": inside,
        "before": list(asking.lines),
        "output": {
            "name": "output",
            "meaning": _meaning(experiment),
            "names": answer_names(experiment),
        },
    }


def _input_shape(experiment: Experiment) -> list[int]:
    return [int(size) for size in experiment.data.input_shape]


def _type_of(experiment: Experiment) -> str:
    kind = experiment.data.shape_kind
    if kind == "text":
        return "int64"
    return "float64" if kind == "series" and hasattr(experiment.data, "window") else "float32"


def _meaning(experiment: Experiment) -> str:
    return {
        "classes": "probabilities of the classes",
        "labels": "probabilities of the classes at every step",
        "value": "values in their own unit",
        "two_tasks": "probabilities of the classes, then the value in its own unit",
        "image": "the input again",
        "embedding": "the place of the sample",
    }[task_of(experiment).answer]


def answer_names(experiment: Experiment) -> list[str]:
    """What each number of an answer is; nothing where they have no names."""
    kind = task_of(experiment).answer
    classes, targets = experiment.data.class_names(), experiment.data.target_names()
    if kind == "value":
        return list(targets)
    if kind == "two_tasks":
        return [*classes, *targets]
    return list(classes) if kind in ("classes", "labels") else []


def example_code(experiment: Experiment, model: str = "") -> str:
    """The script. In: the name of the ONNX file, which may be given as its first argument, too."""
    asking = asking_of(experiment.data)
    model = model or f"{file_stem(experiment)}.onnx"
    packages = " ".join(["numpy", "onnxruntime", *asking.needs])
    modules = ["sys"] if asking.is_path else ["json", "sys"]
    if any("unicodedata." in line for line in asking.lines):
        modules.append("unicodedata")
    head = [
        f'"""Asks the network in an ONNX file about one sample: {asking.what}.',
        "",
        f"Needs: pip install {packages}. The answer is the one that the playground gives.",
        "",
        "python example.py [NETWORK.onnx [SAMPLE]]",
        '"""',
        "",
        *[f"import {module}" for module in modules],
        "",
        "import numpy as np",
        "import onnxruntime",
    ]
    sources = [source_of(function) for function in asking.functions]
    parts = ["\n".join(head), *sources, "\n".join(_body(experiment, asking, model))]
    return "\n\n\n".join(parts) + "\n"


def _body(experiment: Experiment, asking: Asking, model: str) -> list[str]:
    """What runs: the sample is read and encoded, the network asked, the answer printed."""
    given = "sys.argv[2]" if asking.is_path else "json.loads(sys.argv[2])"
    return [
        f"model = sys.argv[1] if len(sys.argv) > 1 else {model!r}",
        f"sample = {given} if len(sys.argv) > 2 else {asking.sample!r}",
        "",
        *asking.lines,
        'session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])',
        '(answers,) = session.run(["output"], {"input": x})',
        "answer = answers[0]",
        *_printing(experiment),
    ]


def _printing(experiment: Experiment) -> list[str]:
    kind = task_of(experiment).answer
    names = answer_names(experiment)
    if kind == "labels":
        return [
            f"names = {names!r}",
            "n_steps = int((x[0] != 0).sum())",
            "for step in answer[:n_steps]:",
            "    print(names[step.argmax()])",
        ]
    if not names:
        return ["print(answer.tolist())"]
    return [
        f"names = {names!r}",
        "for name, number in zip(names, answer):",
        '    print(f"{name}\\t{number:.9g}")',
    ]


def recipe_text(experiment: Experiment) -> str:
    """`recipe_of` as JSON."""
    return json.dumps(recipe_of(experiment), ensure_ascii=False)
