"""The names in an archive of pictures: which picture is of what class, and which train and which test."""

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..pictures import is_picture, picture_name
from .letters import Letters, decoded

UTF8_FLAG = 0x800  # of an entry's name
TRAINING = (
    "train training trn learn learning trainings entrainement entraînement apprentissage entrenamiento treino "
    "treinamento addestramento eğitim trening träning "
    "обучение обучающая тренировка 训练集 训练 訓練 訓練集 学習 학습 훈련"
)
TESTING = (
    "test testing tst val valid validation validate validating dev eval "
    "evaluation holdout heldout validierung "
    "pred predict prediction predictions unseen unlabeled unlabelled "
    "verifica doğrulama "
    "prueba pruebas teste validación validacion validação validacao convalida тест тестовая проверка валидация "
    "测试集 测试 測試 測試集 验证集 验证 驗證 驗證集 テスト 検証 評価 테스트 검증"
)
TRAIN_NAMES = frozenset(TRAINING.split())
TEST_NAMES = frozenset(TESTING.split())
# What may stand behind these names: "train_data", "Testbilder".
SUFFIXES = (
    "set", "sets", "data", "dataset", "daten", "images", "image", "imgs", "img", "pictures", "pics", "photos", "bilder",
    "folder", "dir", "split", "集", "用",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A picture of an archive, or another file that counts. place: among its entries; name: as its owner sees it.

    part: "train", "test" or "". written: how zipfile names its class, which is what classes are sorted by.
    """

    place: int
    name: str
    label: str
    part: str
    written: str


def part_of(folder: str) -> str:
    """ "Training", "test_set", "val2" -> "train", "test"; "" for any other folder."""
    plain = "".join(letter for letter in folder.casefold() if letter.isalpha())
    if plain in TRAIN_NAMES:
        return "train"
    if plain in TEST_NAMES:
        return "test"
    for suffix in SUFFIXES:
        shorter = plain.removesuffix(suffix)
        if shorter != plain and shorter:
            return part_of(shorter)
    return ""


def part_by_word(folder: str) -> str:
    """ "seg_train", "Fruits Test" -> "train", "test", by the last or the first word."""
    words = [word for word in re.split(r"[\W\d_]+", folder) if word]
    if not words:
        return ""
    return part_of(words[-1]) or part_of(words[0])


def name_letters(entries: Sequence[zipfile.ZipInfo], encoding: str = "") -> Letters:
    """How names are written that do not say it themselves; encoding "" where all are plain.

    In: the entries, and what their owner chose. Raises: ExperimentError for an encoding that does not exist.
    """
    written = [_written(entry) for entry in entries if not entry.flag_bits & UTF8_FLAG]
    if all(name.isascii() for name in written):
        return Letters("", "")
    # That a folder holds a thousand files makes its name no likelier in any encoding.
    different = dict.fromkeys(part for name in written for part in name.split(b"/"))
    letters = decoded(b"\n".join(different), encoding, are_names=True)
    # Of Big5 Python has several; this one knows the characters of the others.
    return replace(letters, encoding="big5hkscs") if letters.encoding == "big5" else letters


def _written(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a name: zipfile takes them for cp437, which loses nothing."""
    return entry.orig_filename.encode("cp437", "replace")


def sorted_out(
    entries: Sequence[zipfile.ZipInfo],
    encoding: str,
    is_wanted: Callable[[str], bool] = is_picture,
) -> list[Entry]:
    """The pictures, in order of how zipfile names them. A class is the first folder that tells anything, else "".

    Outer folders that all have in common tell nothing; folders called train, test and the like name parts.
    In: the entries, in which encoding their names are, which of them count.
    """
    in_order = sorted(range(len(entries)), key=lambda place: entries[place].orig_filename)
    names = {place: picture_name(entries[place], encoding) for place in in_order}
    places = [place for place in in_order if is_wanted(names[place])]
    folders = [names[place].split("/")[:-1] for place in places]
    depths = [len(folder) for folder in folders]
    parts = [""] * len(places)
    _take_off(folders, parts)
    _take_inner_parts(folders, parts)
    pictures = []
    for place, folder, depth, part in zip(places, folders, depths, parts, strict=True):
        label = ""
        if folder:
            # macOS takes accents apart: one class may be written in both ways.
            label = unicodedata.normalize("NFC", folder[0].strip())
        written = _written_label(entries[place], depth - len(folder), label)
        pictures.append(Entry(place, names[place], label, part, written))
    return pictures


def _written_label(entry: zipfile.ZipInfo, depth: int, label: str) -> str:
    """The folder at this depth as zipfile names it: an older file's classes keep their order."""
    folders = entry.orig_filename.split("/")[:-1]
    return folders[depth] if depth < len(folders) else label


def in_class_order(pictures: Sequence[Entry]) -> list[str]:
    """The classes, each once."""
    written: dict[str, str] = {}
    for picture in pictures:
        earlier = written.get(picture.label, picture.written)
        written[picture.label] = min(earlier, picture.written)
    return sorted(written, key=lambda label: (written[label], label))


def _take_off(folders: list[list[str]], parts: list[str]) -> None:
    """Takes outer folders off as long as they tell nothing about the class. Changes both lists in place."""
    while _take_one_off(folders, parts):
        pass


def _take_inner_parts(folders: Sequence[Sequence[str]], parts: list[str]) -> None:
    """Of “cats/train” the folder inside the class says the part, where every class is laid out so. Changes `parts`."""
    inner = [part_of(folder[1]) if len(folder) > 1 else "" for folder in folders]
    if not any(parts) and all(inner) and len(set(inner)) > 1:
        parts[:] = inner


def _take_one_off(folders: list[list[str]], parts: list[str]) -> bool:
    """Takes one off where it tells nothing. Out: whether it did."""
    outer = Counter(folder[0] for folder in folders if folder)
    if not outer:
        return False
    n_inside = sum(outer.values())
    n_deeper = sum(len(folder) > 1 for folder in folders)
    part_by_name = _outer_parts(outer, n_deeper)
    if part_by_name:
        for place, folder in enumerate(folders):
            part = part_by_name.get(folder[0], "") if folder else ""
            if part:
                parts[place] = parts[place] or part
                folders[place] = folder[1:]
        return True
    is_common = len(outer) == 1 and n_deeper > 0.5 * n_inside
    if is_common:
        folders[:] = [folder[1:] for folder in folders]
    return is_common


def _outer_parts(outer: Counter[str], n_deeper: int) -> dict[str, str]:
    """Outer folders that are there to train or to test with, none where they are classes.

    In: how many pictures lie in each, and how many of them in deeper folders.
    """
    parts = {name: part_of(name) for name in outer if part_of(name)}
    if len(set(parts.values())) < 2:
        # With a word before it, such as “steam train”, only a pair is taken for parts.
        by_word = {name: part_by_word(name) for name in outer if part_by_word(name)}
        parts = by_word if len(set(by_word.values())) > 1 else parts
    has_both = len(set(parts.values())) > 1
    if len(parts) == len(outer):
        # Without classes inside, a pair is still no classes.
        return parts if n_deeper or has_both else {}
    # One stray folder beside train and test is no reason to take these for classes.
    n_in_parts = sum(outer[name] for name in parts)
    are_most = len(parts) >= 2 and n_in_parts > 0.8 * sum(outer.values())
    return parts if n_deeper and are_most else {}
