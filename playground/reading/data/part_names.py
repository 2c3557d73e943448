"""What folders of an archive are called that are there to train, to test, or to mark things in other pictures."""

import re
import unicodedata
from functools import lru_cache

TRAINING = (
    "train training trn learn learning trainings lern lernen entrainement entraînement apprentissage entrenamiento "
    "entrenar aprendizaje treino treinamento treinar addestramento allenamento eğitim trening träning træning "
    "treningowe treningowy treningowa uczące uczący trénovací trénink tréninkové trenovacie antrenament tanító "
    "koulutus oefenen latih latihan pelatihan εκπαίδευση "
    "обучение обучающая обучающий обучающие обучающее тренировка тренировочная тренировочный тренировочные навчальна "
    "训练集 训练 訓練 訓練集 学習 학습 훈련"
)
TESTING = (
    "test testing tst val valid validation validate validating dev eval "
    "evaluation holdout heldout validierung validierungs prüfung pruefung validatie testen "
    "pred predict prediction predictions unseen unlabeled unlabelled "
    "verifica doğrulama sınama prova prove essai essais "
    "testowe testowy testowa walidacja walidacyjne walidacyjny testovací validační testovacie teszt testi testaus "
    "validasi pengujian δοκιμή "
    "prueba pruebas teste testes validación validacion validação validacao convalida "
    "тест тестовая тестовый тестовые тестовое проверка проверочная проверочный валидация валидационная валидационный "
    "测试集 测试 測試 測試集 验证集 验证 驗證 驗證集 テスト 検証 評価 테스트 검증"
)
# What may stand behind these names: "train_data", "Testbilder".
SUFFIXES = (
    "set sets data dataset daten images image imgs img pictures pics photos bilder folder dir split "
    "集 用 数据 數據 資料 图片 图像 圖片 样本 データ 画像 데이터 이미지"
)
# Too short to mean anything without the other one beside it.
SHORT = {"tr": "train", "te": "test", "ts": "test", "va": "test"}
IMAGES = "image images img imgs picture pictures photo photos original originals input inputs jpegimages rgb"
MASKS = (
    "mask masks label labels annotation annotations groundtruth groundtruths gt segmentation segmentations trimap "
    "trimaps segmentationclass segmentationobject labelimages maskimages"
)
# One thing taken in several ways.
VARIANTS = (
    "small medium large big raw processed original originals augmented aug color colour colored gray grey grayscale "
    "rgb depth image images img left right front back top side day night indoor outdoor cropped segmented resized "
    "thumbnails low high hd full clean noisy"
)
PARTED = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=4096)
def plain_name(folder: str) -> str:
    """The letters of a name without capitals and accents, in whichever way these are written."""
    letters = unicodedata.normalize("NFKD", folder.casefold())
    return "".join(letter for letter in letters if letter.isalpha())


def _names(text: str) -> frozenset[str]:
    return frozenset(map(plain_name, text.split()))


TRAIN_NAMES = _names(TRAINING)
TEST_NAMES = _names(TESTING)
IMAGE_NAMES = _names(IMAGES)
MASK_NAMES = _names(MASKS)
VARIANT_NAMES = _names(VARIANTS)
PLAIN_SUFFIXES = tuple(map(plain_name, SUFFIXES.split()))


@lru_cache(maxsize=4096)
def part_of(folder: str) -> str:
    """ "Training", "test_set", "val2" -> "train", "test"; "" for any other folder."""
    return _plain_part(plain_name(folder))


def _plain_part(plain: str) -> str:
    if plain in TRAIN_NAMES:
        return "train"
    if plain in TEST_NAMES:
        return "test"
    for suffix in PLAIN_SUFFIXES:
        shorter = plain.removesuffix(suffix)
        if shorter != plain and shorter:
            return _plain_part(shorter)
    return ""


def part_by_word(folder: str) -> str:
    """ "seg_train", "Fruits Test", "rps-test-set", "tr" -> "train", "test", by the last or the first words."""
    words = [word for word in PARTED.split(folder) if word]
    if not words:
        return ""
    short = SHORT.get(plain_name(folder), "")
    last_two = "".join(words[-2:])
    return part_of(words[-1]) or part_of(words[0]) or part_of(last_two) or short


def is_variant(folder: str) -> bool:
    """Whether a folder tells how a picture was taken, or only counts: "small", "augmented images", "patient 12"."""
    words = [plain_name(word) for word in PARTED.split(folder)]
    has_digit = any(letter.isdigit() for letter in folder)
    return has_digit or any(word in VARIANT_NAMES for word in words)
