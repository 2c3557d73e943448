"""Every string of the page stands in both languages and is used."""

import ast
import itertools
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from playground.catalogues.base import Catalogue
from playground.catalogues.datasets import DATASETS
from playground.catalogues.initializers import INITIALIZERS
from playground.catalogues.layers import LAYERS
from playground.catalogues.learning import Learning
from playground.catalogues.losses import LOSSES
from playground.catalogues.optimizers import OPTIMIZERS
from playground.catalogues.schedules import SCHEDULES
from playground.experiment import Experiment, TrainingSpec
from playground.faults import MESSAGES, ExperimentError, Fault
from playground.preset_files import presets
from playground.training import weights
from playground.ui import charts
from playground.ui.answers.faults import fault_text
from playground.ui.app import TABS
from playground.ui.fields import describe_catalogue, describe_fields, names_in_both
from playground.ui.page import files
from playground.ui.words import FAULTS_ZH, REPAIRS, table, texts
from playground.ui.words.labs import frame_words, part_words
from playground.ui.words.phrases import in_chinese
from playground.ui.words.terms import TERM_OF

TEXT = texts()

PACKAGE = Path(__file__).parents[2] / "playground"
SCRIPTS = {name: path.read_text("utf-8") for name, path in files().items() if name.endswith(".js")}
CATALOGUES = (LAYERS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS, DATASETS)
# Names that stay as they are in Chinese.
NAMES = re.compile(
    r"[A-Za-z]*(Linear|Conv\dd|ConvTranspose\dd|(Batch|Instance)Norm\dd|(Layer|Group)Norm|Dropout|Pool2d)"
    r"|Upsample|Unflatten|Flatten|[A-Za-z]*LU|Tanh|Sigmoid|RNN|LSTM|GRU"
    r"|ASGD|SGD|\w?Ada\w+|Muon|RMSprop|same|valid|float32|bf16|fp16"
)


def places(text: str) -> Counter[str]:
    """{name} placeholders."""
    return Counter(re.findall(r"\{(\w+)", text))


@pytest.mark.parametrize("key", TEXT)
def test_both_languages_say_it_with_the_same_values(key: str) -> None:
    english, chinese = TEXT[key]
    assert english.strip() and chinese.strip()
    assert places(english) == places(chinese)


# Nothing to translate: names, and values with punctuation between them.
WITHOUT_CHINESE = {
    "answer.top",
    "baseline.item",
    "bar.language",
    "code.title",
    "fault.of",
    "now.name_state",
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_string_of_the_page_is_translated() -> None:
    untranslated = {key for key, (_, chinese) in TEXT.items() if not CHINESE.search(chinese)}
    assert untranslated == WITHOUT_CHINESE


@pytest.mark.parametrize("code", MESSAGES)
def test_every_fault_is_translated(code: str) -> None:
    assert CHINESE.search(FAULTS_ZH[code]) or MESSAGES[code] == "{detail}"


@pytest.mark.parametrize("code", REPAIRS)
def test_every_repair_is_translated(code: str) -> None:
    english, chinese = REPAIRS[code]
    assert english and CHINESE.search(chinese)


@pytest.mark.parametrize("name", presets())
def test_every_preset_is_translated(name: str) -> None:
    entry = presets()[name]
    for english, chinese in (entry.title, entry.group, entry.description):
        assert english and CHINESE.search(chinese)
        assert not CHINESE.search(english)


# Look like keys, and are places of faults.
PLACES = {"training.optimizer.lr", "training.output", "data.file", "data.dataset"}
HOLE = re.compile(r"\$\{[^}]*\}")
# Keys that a script puts together: asked for at once, or perhaps (`state.${run.state}` may be a key, or a place).
ASKED = re.compile(r'(?:\b(?:t|hasWords)\(|"data-t(?:-\w+)?": )`([^`]*)`')
PERHAPS = re.compile(r"`([a-z]\w*\.[^`]*|\$\{\w+\}_label)`")


def put_together(script: str, template: re.Pattern[str]) -> list[re.Pattern[str]]:
    """The keys that such templates can make, as patterns."""
    literals = [HOLE.split(key) for key in template.findall(script) if "${" in key]
    return [re.compile(r"[\w.]+".join(map(re.escape, parts))) for parts in literals]


def known_to(script: str) -> dict[str, str]:
    """The English words that a script may ask for; those of the labs travel with the labs."""
    words = dict(table()["en"])
    if script.startswith("labs/"):
        for key, (english, _) in {**frame_words.TEXT, **part_words.TEXT}.items():
            words[key] = english
    return words


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_key_that_a_script_names_is_there(script: str) -> None:
    known = known_to(script)
    first = "|".join(sorted({key.split(".")[0] for key in known}))
    named = set(re.findall(rf'"((?:{first})\.[a-z_.]+[a-z])"', SCRIPTS[script]))
    assert named - PLACES <= known.keys()
    asked = put_together(SCRIPTS[script], ASKED)
    nameless = [key.pattern for key in asked if not any(map(key.fullmatch, known))]
    assert nameless == []


def test_every_word_is_used() -> None:
    modules = [path for path in (PACKAGE / "ui").rglob("*.py") if path.parent.name != "words"]
    sources = [*SCRIPTS.values(), *(path.read_text("utf-8") for path in modules)]
    written = {
        key for source in sources for key in re.findall(r'["\']([a-z]\w*(?:\.\w+)*)["\']', source)
    }
    made = [key for script in SCRIPTS.values() for key in put_together(script, PERHAPS)]
    unused = {
        key for key in TEXT.keys() - written if not any(pattern.fullmatch(key) for pattern in made)
    }
    of_terms = {key for key in TEXT if key.startswith("term.")}
    of_tabs = {f"tab.{name}" for name in TABS}  # made by tab_names.label
    of_charts = charts.chart_words().keys()  # named by charts.page_specs
    assert sorted(unused - of_terms - of_tabs - of_charts) == []


@pytest.mark.parametrize("name", TABS)
def test_every_tab_has_a_name(name: str) -> None:
    assert f"tab.{name}" in TEXT


@pytest.mark.parametrize("code", MESSAGES)
def test_every_fault_is_told_in_chinese_with_known_values(code: str) -> None:
    assert places(FAULTS_ZH[code]).keys() <= places(MESSAGES[code]).keys()


def texts(value: Any) -> list[dict[str, str]]:
    """All {"en", "zh"} in a description."""
    if isinstance(value, dict) and value.keys() == {"en", "zh"}:
        return [value]
    if not isinstance(value, dict | list):
        return []
    parts = value.values() if isinstance(value, dict) else value
    return list(itertools.chain.from_iterable(map(texts, parts)))


def left_in_english(description: Any) -> list[str]:
    """Texts of a description that are the same in both languages, and are no names."""
    same = [text["en"] for text in texts(description) if text["en"] == text["zh"]]
    return [text for text in same if text and not NAMES.fullmatch(text)]


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda catalogue: catalogue.kind)
def test_the_catalogues_speak_chinese(catalogue: Catalogue[Any]) -> None:
    assert left_in_english(describe_catalogue(catalogue)) == []


def test_the_training_fields_speak_chinese() -> None:
    assert left_in_english(describe_fields(TrainingSpec)) == []


@pytest.mark.parametrize("catalogue", (LAYERS, DATASETS), ids=lambda catalogue: catalogue.kind)
def test_every_group_of_a_menu_has_a_name(catalogue: Catalogue[Any]) -> None:
    assert {f"group.{entry.group}" for entry in catalogue} <= TEXT.keys()


def test_every_term_explains_a_label_and_every_explained_label_is_there() -> None:
    terms = {key.removeprefix("term.") for key in TEXT if key.startswith("term.")}
    assert set(TERM_OF.values()) == terms
    models = [TrainingSpec, Learning, *(entry for catalogue in CATALOGUES for entry in catalogue)]
    fields = {f"field.{name}" for model in models for name in model.model_fields}
    assert TERM_OF.keys() <= TEXT.keys() | fields


def example_of(detail: ast.expr) -> str:
    """A text as a person may read it: the values of an f-string are 9. Empty where only the run knows the text."""
    if isinstance(detail, ast.Constant):
        return str(detail.value)
    if not isinstance(detail, ast.JoinedStr):
        return ""
    parts = [part.value if isinstance(part, ast.Constant) else "9" for part in detail.values]
    return "".join(map(str, parts))


def details_in(module: Path) -> list[str]:
    """What a module may say is wrong, in a fault that has nothing but this `detail`."""
    calls = [n for n in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(n, ast.Call)]
    named = [word.value for call in calls for word in call.keywords if word.arg == "detail"]
    refused = [call.args[0] for call in calls if getattr(call.func, "id", "") in REFUSERS]
    return [text for text in map(example_of, [*named, *refused]) if text]


REFUSERS = {
    "refused",
    "_refused",
    "_unusable",
}  # functions whose first value is a detail, or a code
PAGE_MODULES = [
    path
    for room in ("questions", "training", "export", "ui")
    for path in (PACKAGE / room).rglob("*.py")
]


@pytest.mark.parametrize("module", PAGE_MODULES, ids=lambda path: path.stem)
def test_whatever_else_may_be_wrong_is_told_in_chinese(module: Path) -> None:
    assert [text for text in details_in(module) if in_chinese(text) == text] == []


def test_the_details_are_found() -> None:
    assert "it is damaged" in details_in(Path(weights.__file__))
    assert sum(len(details_in(module)) for module in PAGE_MODULES) > 20


def test_labels_in_a_fault_are_chinese_and_what_a_person_typed_is_not_touched() -> None:
    values = {"loss": "Focal loss", "task": "regression", "known": "Huber, Smooth L1"}
    told = fault_text(Fault("training.loss", "wrong_loss", values))["zh"]
    assert told == "焦点损失 不适合这些数据（回归）；请选择：Huber 损失、平滑 L1"
    told = fault_text(Fault("", "no_such_device", {"given": "it is damaged", "known": "cpu"}))
    assert "it is damaged" in told["zh"]


WEIGHTS_BESIDE = """2 of 4 tensors fit
  features.0.weight: [8, 1, 3, 3] in the file, [16, 1, 3, 3] in the network
  features.0.bias: not in the file
  head.weight: not in the network"""


def test_weights_of_another_network_are_told_in_chinese() -> None:
    told = fault_text(Fault("", "weights_differ", {"table": WEIGHTS_BESIDE}))["zh"]
    assert told.splitlines() == [
        "文件属于另一个网络：2 个张量相符（网络共有 4 个）",
        "  features.0.weight：文件中为 [8, 1, 3, 3]，网络中为 [16, 1, 3, 3]",
        "  features.0.bias：文件中没有",
        "  head.weight：网络中没有",
    ]


def test_a_target_in_a_fault_is_chinese() -> None:
    told = fault_text(Fault("data.augment", "augment_changes_target", {"targets": "slant, °"}))
    assert "倾斜角（°）" in told["zh"]


# Names of classes that Chinese keeps: numerals, letters, brands, Japanese syllables.
KEPT_CLASSES = re.compile(r"\d|[A-Z]{1,2}|o|(k|ts|n|h|m|y|r|w)?[aeiou]|su")


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.id)
def test_classes_and_targets_of_a_data_set_have_chinese_names(dataset: Any) -> None:
    names = [*dataset.classes, *dataset.targets]
    told = names_in_both(names, names)
    in_english = [name for name in told if isinstance(name, str)]
    assert [name for name in in_english if not KEPT_CLASSES.fullmatch(name)] == []


def test_a_name_that_a_person_chose_is_not_translated() -> None:
    assert names_in_both(["positive"], []) == ["positive"]
    assert names_in_both(["positive"], ["positive"]) == [{"en": "positive", "zh": "正面"}]


def test_what_a_field_expects_is_told_in_chinese() -> None:
    with pytest.raises(ExperimentError) as refused:
        Experiment.from_dict({"data": {"dataset": "digits", "batch_size": "x"}})
    assert fault_text(refused.value.faults[0])["zh"] == "需要整数，得到的是 'x'"
    assert in_chinese(7) == 7 and in_chinese("conv2d") == "conv2d"


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda catalogue: catalogue.kind)
def test_an_unknown_entry_is_told_in_chinese(catalogue: Catalogue[Any]) -> None:
    said = fault_text(
        Fault("", "unknown_entry", {"kind": catalogue.kind, "given": "loss", "known": "a, b"})
    )["zh"]
    kind = in_chinese(catalogue.kind)
    assert said == f"没有名为“loss”的{kind}；已知的有：a, b" and kind != catalogue.kind
